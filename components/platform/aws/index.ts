import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_CLUSTER_DOMAIN } from "../../kubernetes/cluster-dns";
import { hasOwnNodes, poolNodeGroups } from "../../settings/pool-nodes";
import { AwsPlatformSettings, Settings, WorkerPoolSettings } from "../../settings/settings";
import { AddOns } from "./add-ons";
import { CloudWatchAddOnArgs } from "./cloudwatch-add-on";
import { Cluster } from "./cluster";
import { conventions } from "./conventions";
import { FirstUp } from "./first-up";
import { AwsFacts, AwsFoundation, bucketName } from "./facts";
import { IDENTITY_VARIABLES, OidcProvider, WorkloadIdentity } from "./identity";
import { loadBalancerAnnotations } from "./load-balancer";
import { Namespaces } from "../namespace";
import { Network } from "./network";
import {
    JOB_AGENT_PLACEMENT,
    JOB_PLACEMENT,
    NodeGroups,
    poolPlacement,
    SERVICE_PLACEMENT,
} from "./node-groups";
import { HysdsNamespace, Identity, IdentityArgs, Placement, PodSecurityLevel } from "../platform";

type ProviderFacts = Pick<AwsFacts, "region" | "partition" | "accountId">;

export interface AwsPlatformArgs {
    readonly settings: Settings;
    readonly platform: AwsPlatformSettings;
}

/**
 * A VPC (or an existing one), an EKS cluster in it with two node groups, and IAM roles for workloads. Region,
 * partition and account are those of the AWS provider.
 */
export class AwsPlatform extends pulumi.ComponentResource implements AwsFoundation {
    public readonly provider: k8s.Provider;
    public readonly kubeconfig: pulumi.Output<string>;
    public readonly clusterDomain = DEFAULT_CLUSTER_DOMAIN;
    public readonly identityVariables = IDENTITY_VARIABLES;
    public readonly storageClass: pulumi.Output<string>;
    public readonly servicePlacement = SERVICE_PLACEMENT;
    public readonly jobPlacement = JOB_PLACEMENT;
    public readonly jobAgentPlacement = JOB_AGENT_PLACEMENT;
    /** Independent of the cluster, so that stores are created beside it. */
    public readonly facts: AwsFacts;
    private readonly oidc: OidcProvider;
    private readonly namespaces: Namespaces;
    private readonly firstUp?: FirstUp;

    /** @param name of the EKS cluster, and start of the names of all resources */
    constructor(
        private readonly platformName: string,
        private readonly args: AwsPlatformArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(
            "hysds:component:AwsPlatform",
            platformName,
            {},
            { ...opts, transformations: conventions(args.settings) },
        );
        const { platform, settings } = args;
        const { tags, protect } = settings;
        if (platform.cluster.endpointClosesAfterFirstUp) {
            this.firstUp = new FirstUp(platformName, { parent: this });
        }
        const provider = this.readProvider();
        const network = this.createNetwork(provider);
        const { vpcId, privateSubnetIds, podSecurityGroupId } = network;
        const facts = { vpcId, privateSubnetIds, podSecurityGroupId, ...provider };
        this.facts = facts;
        const cluster = new Cluster(
            platformName,
            { platform, settings, network, partition: facts.partition, tags, protect },
            { parent: this },
        );
        this.oidc = cluster.oidc;
        this.kubeconfig = cluster.kubeconfig;
        this.provider = this.equip(cluster, network, facts.partition);
        this.storageClass = this.createStorageClass();
        this.namespaces = new Namespaces(
            { parent: this, provider: this.provider },
            args.settings.protect,
        );
        this.registerOutputs({ clusterName: cluster.clusterName });
    }

    get region(): pulumi.Output<string> {
        return this.facts.region;
    }

    get billedRegion(): pulumi.Output<string> {
        return this.facts.region;
    }

    loadBalancerAnnotations(args: {
        readonly scheme: "internal" | "internet-facing";
        readonly certificateArn?: string;
    }): Record<string, string> {
        const { network } = this.args.platform;
        const { tags } = this.args.settings;
        const known = network.kind === "existing" ? network : undefined;
        const subnetIds =
            (args.scheme === "internal" ? known?.privateSubnetIds : known?.publicSubnetIds) ?? [];
        return loadBalancerAnnotations({ ...args, subnetIds, tags });
    }

    bucketName(purpose: string): pulumi.Output<string> {
        return bucketName(this.platformName, purpose, this.facts);
    }

    poolPlacement(pool: WorkerPoolSettings): Placement {
        return hasOwnNodes(pool) ? poolPlacement(pool.name) : JOB_PLACEMENT;
    }

    namespace(name: string, level: PodSecurityLevel): HysdsNamespace {
        return this.namespaces.get(name, level);
    }

    identityFor(workload: string, args: IdentityArgs): Identity {
        return new WorkloadIdentity(
            `${this.platformName}-${workload}`,
            { ...args, workload, oidc: this.oidc, facts: this.facts, provider: this.provider },
            { parent: this },
        );
    }

    complete(): void {
        this.firstUp?.record();
    }

    private createNetwork(facts: ProviderFacts): Network {
        const { network, cluster } = this.args.platform;
        return new Network(
            this.platformName,
            {
                ...facts,
                network,
                clusterName: this.platformName,
                logRetentionDays: cluster.logRetentionDays,
            },
            { parent: this },
        );
    }

    private readProvider(): ProviderFacts {
        const opts = { parent: this };
        return {
            region: aws.getRegionOutput({}, opts).region,
            partition: aws.getPartitionOutput({}, opts).partition,
            accountId: aws.getCallerIdentityOutput({}, opts).accountId,
        };
    }

    /** Nodes, add-ons, and the provider through which everything in the cluster is made. */
    private equip(
        cluster: Cluster,
        network: Network,
        partition: pulumi.Output<string>,
    ): k8s.Provider {
        const { settings, platform } = this.args;
        const shared = {
            cluster,
            version: platform.cluster.version,
            partition,
            tags: settings.tags,
        };
        const nodes = new NodeGroups(
            `${this.platformName}-nodes`,
            {
                ...shared,
                release: platform.cluster.nodeRelease,
                givenRoleArn: settings.roles.nodes,
                network,
                serviceNodes: platform.serviceNodes,
                jobNodes: platform.jobNodes,
                poolNodes: poolNodeGroups(settings.hysds.workers, platform.jobNodes),
                autoscaled: platform.nodeAutoscaler.kind !== "none",
            },
            { parent: this },
        );
        const addOns = new AddOns(
            `${this.platformName}-add-ons`,
            { ...shared, nodes: nodes.services, cloudWatch: this.cloudWatchAddOn() },
            { parent: this },
        );
        return this.createProvider(cluster, [addOns, nodes]);
    }

    private cloudWatchAddOn(): CloudWatchAddOnArgs | undefined {
        const { settings, platform } = this.args;
        const { monitoring, containerLogs } = settings.observability;
        const insights = monitoring === "cloudwatch";
        const logs = containerLogs === "cloudwatch";
        return insights || logs
            ? {
                  clusterName: this.platformName,
                  facts: this.facts,
                  insights,
                  logs,
                  logRetentionDays: platform.cluster.logRetentionDays,
                  protect: settings.protect,
              }
            : undefined;
    }

    /**
     * `deleteUnreachable` stays unset: were it on, one refresh with the VPN down would drop every Kubernetes object
     * from the state, and the next update would collide with them. Whoever destroys a stack whose cluster is already
     * gone sets PULUMI_K8S_DELETE_UNREACHABLE=true for that run.
     *
     * Depending on nodes and add-ons makes pods schedulable when they are created, and keeps the CSI driver and the
     * nodes until the last volume is released when the stack is destroyed.
     */
    private createProvider(cluster: Cluster, dependsOn: pulumi.Resource[]): k8s.Provider {
        return new k8s.Provider(
            this.platformName,
            {
                kubeconfig: cluster.kubeconfig,
                enableServerSideApply: true,
                // Only another cluster, and not every change of the kubeconfig, replaces what is in it.
                clusterIdentifier: cluster.arn,
            },
            { parent: this, dependsOn },
        );
    }

    private createStorageClass(): pulumi.Output<string> {
        const { protect } = this.args.settings;
        const storageClass = new k8s.storage.v1.StorageClass(
            `${this.platformName}-gp3`,
            {
                metadata: { name: "hysds-gp3" },
                provisioner: "ebs.csi.aws.com",
                parameters: { type: "gp3", encrypted: "true" },
                reclaimPolicy: protect ? "Retain" : "Delete",
                // A volume is bound to one zone: it must be the zone of the pod.
                volumeBindingMode: "WaitForFirstConsumer",
                allowVolumeExpansion: true,
            },
            // Kubernetes forbids its change, and volumes keep the policy they were made with.
            { parent: this, provider: this.provider, ignoreChanges: ["reclaimPolicy"] },
        );
        return storageClass.metadata.name;
    }
}
