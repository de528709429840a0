import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { AwsPlatformSettings, Settings } from "../../settings/settings";
import { accepted } from "./account-checks";
import { AddOnVersions } from "./add-on-versions";
import { clusterKeepsRole, ClusterRole, clusterRole } from "./cluster-role";
import { outOfReach } from "./cluster-version";
import { controlPlaneLogs } from "./control-plane-logs";
import { EndpointArgs, endpointArgs, outOfEveryonesReach } from "./endpoint-access";
import { OidcProvider } from "./identity";
import { LiveCluster, liveCluster } from "./live-cluster";
import { Network } from "./network";
import { beyondQuotas } from "./quotas";
import { taggingChildren } from "./tags";

export interface ClusterArgs {
    readonly platform: AwsPlatformSettings;
    /** Of which it depends, beside the platform, what the stack needs of its account. */
    readonly settings: Pick<Settings, "ingress" | "hysds" | "roles">;
    readonly network: Network;
    readonly partition: pulumi.Output<string>;
    /** The stack's tags. */
    readonly tags: Readonly<Record<string, string>>;
    /** Refuse deletion of the cluster (by EKS itself) and of the key of its secrets. */
    readonly protect: boolean;
}

/**
 * An EKS control plane without nodes: private endpoint, public one as configured, access by access entries only,
 * Kubernetes Secrets encrypted by a KMS key, all control plane logs kept for the configured days, an OIDC provider for
 * IAM roles of ServiceAccounts, and the VPC CNI enforcing NetworkPolicies.
 *
 * Whoever runs the first `pulumi up` is an administrator by EKS's own entry; naming that principal again among
 * `adminPrincipalArns` is refused by EKS as a duplicate.
 */
export class Cluster extends pulumi.ComponentResource {
    public readonly clusterName: pulumi.Output<string>;
    public readonly arn: pulumi.Output<string>;
    /** The group that EKS itself makes: control plane and nodes talk within it. */
    public readonly securityGroupId: pulumi.Output<string>;
    /** Secret. Calls `aws eks get-token`, so the AWS CLI must be on the path, with the credentials of the run. */
    public readonly kubeconfig: pulumi.Output<string>;
    public readonly oidc: OidcProvider;
    /** Of kube-proxy and the VPC CNI here, and of the add-ons that need nodes. */
    public readonly addOnVersions: AddOnVersions;

    /** @param name of the EKS cluster itself: Pulumi cannot choose it, as the log group must be named after it */
    constructor(name: string, args: ClusterArgs, opts: pulumi.ComponentResourceOptions) {
        super("hysds:component:Cluster", name, {}, opts);
        const key = this.createSecretsKey(name, args.protect);
        const logs = controlPlaneLogs(name, args.platform.cluster.logRetentionDays, this);
        const live = liveCluster(name, { parent: this });
        const { platform, partition, settings } = args;
        const role = clusterRole(name, { partition, givenArn: settings.roles.cluster }, this);
        this.addOnVersions = new AddOnVersions(name, platform.cluster, live, { parent: this });
        const cluster = new eks.Cluster(
            name,
            {
                ...clusterArgs(args, key.arn),
                ...this.addOns(),
                ...endpointArgs(name, platform.cluster, live, { parent: this }),
                serviceRole: role.role,
                name,
                version: acceptableVersion(name, args, live, role, this),
            },
            {
                parent: this,
                dependsOn: [logs, ...role.ready],
                transforms: [this.childTags(args.tags)],
            },
        );
        this.clusterName = cluster.eksCluster.apply((created) => created.name);
        this.arn = cluster.eksCluster.apply((created) => created.arn);
        this.securityGroupId = cluster.nodeSecurityGroupId;
        this.kubeconfig = pulumi.secret(cluster.kubeconfigJson);
        this.oidc = { arn: cluster.oidcProviderArn, issuer: cluster.oidcIssuer };
        this.registerOutputs({ clusterName: this.clusterName });
    }

    /** The add-ons without which no node becomes ready. The others are installed after the nodes: see AddOns. */
    private addOns(): Partial<eks.ClusterArgs> {
        return {
            kubeProxyAddonOptions: { version: this.addOnVersions.of("kube-proxy") },
            vpcCniOptions: {
                addonVersion: this.addOnVersions.of("vpc-cni"),
                enableNetworkPolicy: true,
            },
            corednsAddonOptions: { enabled: false },
        };
    }

    /** @param tags of the stack, which eks.Cluster does not hand to its OIDC provider */
    private childTags(tags: Readonly<Record<string, string>>): pulumi.ResourceTransform {
        return taggingChildren({
            "aws:iam/openIdConnectProvider:OpenIdConnectProvider": tags,
            "aws:eks/addon:Addon": this.addOnVersions.tags,
        });
    }

    private createSecretsKey(name: string, protect: boolean): aws.kms.Key {
        return new aws.kms.Key(
            `${name}-secrets`,
            {
                description: `Kubernetes Secrets of EKS cluster ${name}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
            },
            { parent: this, protect, retainOnDelete: protect },
        );
    }
}

/** The Kubernetes version to ask for, once it is known that AWS takes it, the subnets, and so many nodes. */
function acceptableVersion(
    name: string,
    { platform, network, settings }: ClusterArgs,
    live: pulumi.Output<LiveCluster | undefined>,
    role: ClusterRole,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const { version } = platform.cluster;
    const checks = [
        live.apply((now) => outOfEveryonesReach(name, platform, now)),
        outOfReach(name, version, live),
        network.refusedByEks,
        clusterKeepsRole(name, role, live),
        beyondQuotas(name, { ...settings, platform }, live, { parent }),
    ];
    return pulumi.all(checks).apply((found) => accepted(version, found));
}

function clusterArgs(
    args: ClusterArgs,
    secretsKeyArn: pulumi.Output<string>,
): Omit<eks.ClusterArgs, keyof EndpointArgs> {
    const { network } = args;
    const { cluster } = args.platform;
    return {
        vpcId: network.vpcId,
        privateSubnetIds: network.privateSubnetIds,
        publicSubnetIds: network.publicSubnetIds,
        createOidcProvider: true,
        authenticationMode: eks.AuthenticationMode.Api,
        accessEntries: accessEntries(args),
        encryptionConfigKeyArn: secretsKeyArn,
        enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        skipDefaultNodeGroup: true,
        // Managed node groups join EKS's own security group; two more that nothing uses would only confuse.
        skipDefaultSecurityGroups: true,
        deletionProtection: args.protect,
        upgradePolicy: { supportType: cluster.eksSupportType },
    };
}

function accessEntries({
    platform: { cluster },
    partition,
    tags,
}: ClusterArgs): Record<string, eks.types.input.AccessEntryArgs> {
    const policyArn = pulumi.interpolate`arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`;
    return Object.fromEntries(
        cluster.adminPrincipalArns.map((principalArn) => [
            // By principal and not by position, so that removing one entry leaves the others alone.
            principalArn.replace(/[^A-Za-z0-9]+/g, "-"),
            {
                principalArn,
                tags,
                accessPolicies: { admin: { policyArn, accessScope: { type: "cluster" } } },
            },
        ]),
    );
}
