import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { IMAGES, ImageSources } from "../../../kubernetes/images";
import { workloadLabels } from "../../../../contract/labels";
import { inNamespace } from "../../../kubernetes/options";
import { httpProbe } from "../../../kubernetes/probes";
import { deployment, PodArgs } from "../../../kubernetes/workload";
import { awsFacts } from "../../../platform/aws/facts";
import { discoveryTag } from "../../../platform/aws/grants";
import { HysdsNamespace, Identity, Platform } from "../../../platform/platform";
import { CLUSTER_AUTOSCALER_NAMESPACE } from "../../../settings/limits/namespaces";
import { CLUSTER_RULES, namespaceRules } from "./cluster-autoscaler-access";
import { nodeScaling, scalingFlags } from "./node-scaling";

const NAME = "cluster-autoscaler";
/** Port of metrics and of its health. */
const PORT = 8085;
/** User `nobody`: the image's files are readable by all. */
const UID = 65534;

export interface ClusterAutoscalerArgs {
    /** On AWS: its facts and identities are used. */
    readonly platform: Platform;
    readonly images: ImageSources;
    /** Of EKS: which Auto Scaling groups are its own. */
    readonly clusterName: string;
    /** Minor version. */
    readonly kubernetesVersion: string;
    /** How long a node is unneeded before it goes, minutes. */
    readonly idleMinutes: number;
}

/**
 * The Kubernetes cluster autoscaler in a namespace of its own: it finds the Auto Scaling groups of the cluster's node
 * groups by EKS's tags and moves their sizes between least and most, by an IAM role that can do that to those alone.
 * Nodes with a job worker stay: their pods say that they are not safe to evict.
 */
export class ClusterAutoscaler extends pulumi.ComponentResource {
    /** @throws Error when the platform is not AWS */
    constructor(
        name: string,
        private readonly args: ClusterAutoscalerArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:ClusterAutoscaler", name, {}, opts);
        const { platform, clusterName } = args;
        if (!awsFacts(platform)) {
            throw new Error(
                "The cluster autoscaler moves Auto Scaling groups, which only AWS has.",
            );
        }
        const namespace = platform.namespace(CLUSTER_AUTOSCALER_NAMESPACE, "restricted");
        const identity = platform.identityFor(NAME, {
            namespace,
            grants: [{ grant: "scale-nodes", clusterName }],
        });
        const access = this.createAccess(namespace, identity);
        deployment(
            name,
            {
                name: NAME,
                component: "autoscaling",
                platform,
                namespace,
                replicas: 1,
                pod: this.pod(identity),
            },
            { parent: this, dependsOn: [identity.resource, ...access] },
        );
        this.registerOutputs({});
    }

    private createAccess(namespace: HysdsNamespace, identity: Identity): pulumi.Resource[] {
        const { platform } = this.args;
        const clusterWide = { parent: this, provider: platform.provider };
        const inside = inNamespace(this, platform, namespace);
        const subject = {
            kind: "ServiceAccount",
            name: identity.serviceAccountName,
            namespace: namespace.name,
        };
        const apiGroup = "rbac.authorization.k8s.io";
        const clusterMetadata = { name: `hysds-${NAME}`, labels: LABELS };
        const metadata = { name: NAME, namespace: namespace.name, labels: LABELS };
        const clusterRole = new k8s.rbac.v1.ClusterRole(
            NAME,
            { metadata: clusterMetadata, rules: CLUSTER_RULES },
            clusterWide,
        );
        const role = new k8s.rbac.v1.Role(NAME, { metadata, rules: namespaceRules(NAME) }, inside);
        return [
            new k8s.rbac.v1.ClusterRoleBinding(
                NAME,
                {
                    metadata: clusterMetadata,
                    roleRef: { apiGroup, kind: "ClusterRole", name: clusterRole.metadata.name },
                    subjects: [subject],
                },
                clusterWide,
            ),
            new k8s.rbac.v1.RoleBinding(
                NAME,
                {
                    metadata,
                    roleRef: { apiGroup, kind: "Role", name: role.metadata.name },
                    subjects: [subject],
                },
                inside,
            ),
        ];
    }

    private pod(identity: Identity): PodArgs {
        const { images, kubernetesVersion, platform } = this.args;
        return {
            serviceAccountName: identity.serviceAccountName,
            callsApiServer: true,
            // A pod that finds no place must not be the one that makes places.
            priorityClass: "system-cluster-critical",
            uid: UID,
            placement: platform.servicePlacement,
            containers: [
                {
                    name: NAME,
                    image: IMAGES.reference(NAME, images, kubernetesVersion),
                    command: ["./cluster-autoscaler", ...flags(this.args)],
                    env: [{ name: "AWS_REGION", value: platform.region }],
                    ports: [{ name: "http", containerPort: PORT }],
                    resources: {
                        requests: { cpu: "50m", memory: "128Mi" },
                        limits: { cpu: "500m", memory: "600Mi" },
                    },
                    readinessProbe: httpProbe("/health-check", PORT),
                    livenessProbe: httpProbe("/health-check", PORT, { failureThreshold: 6 }),
                },
            ],
        };
    }
}

const LABELS = workloadLabels(NAME, "autoscaling");

function flags({ clusterName, idleMinutes }: ClusterAutoscalerArgs): string[] {
    return [
        "--cloud-provider=aws",
        `--namespace=${NAME}`,
        `--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,${discoveryTag(clusterName)}`,
        "--expander=least-waste",
        // Every pod of HySDS has an emptyDir, and none keeps anything in it that it needs elsewhere.
        "--skip-nodes-with-local-storage=false",
        ...scalingFlags(nodeScaling(idleMinutes)),
        "--v=2",
    ];
}
