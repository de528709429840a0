import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { groupArchitecture } from "../../settings/limits/instances";
import { JobNodeGroupSettings, NodeGroupSettings } from "../../settings/settings";
import { nodeTemplateTags } from "./autoscaled-nodes";
import { Cluster } from "./cluster";
import { Network } from "./network";
import { NODE_GROUPS } from "./node-group-names";
import { nodeRole, ownNodeRole } from "./node-role";
import { nodeRelease } from "./node-release";
import { readLiveSizes, sizeToKeep } from "./node-group-sizes";
import { Placement } from "../platform";

/** Label of every node: which of the two groups it is in. */
const POOL_LABEL = "hysds.io/pool";
/** Taint of job nodes. */
const JOBS_TAINT = "hysds.io/jobs";
/** Label and taint of the job nodes of one worker pool. */
const WORKERS_LABEL = "hysds.io/workers";

/** Pods of services: any node of the services group. */
export const SERVICE_PLACEMENT: Placement = {
    nodeSelector: { [POOL_LABEL]: NODE_GROUPS.services },
};

const TOLERATES_JOBS = {
    key: JOBS_TAINT,
    operator: "Equal",
    value: "true",
    effect: "NoSchedule",
};

/** Job workers: nodes that run nothing else. */
export const JOB_PLACEMENT: Placement = {
    nodeSelector: { [POOL_LABEL]: NODE_GROUPS.jobs },
    tolerations: [TOLERATES_JOBS],
};

/** What watches job nodes: all of them. */
export const JOB_AGENT_PLACEMENT: Placement = {
    nodeSelector: { [POOL_LABEL]: NODE_GROUPS.jobs },
    tolerations: [TOLERATES_JOBS, { key: WORKERS_LABEL, operator: "Exists", effect: "NoSchedule" }],
};

/** The workers of a pool that has nodes of its own. */
export function poolPlacement(pool: string): Placement {
    return {
        nodeSelector: { [POOL_LABEL]: NODE_GROUPS.jobs, [WORKERS_LABEL]: pool },
        tolerations: [
            TOLERATES_JOBS,
            { key: WORKERS_LABEL, operator: "Equal", value: pool, effect: "NoSchedule" },
        ],
    };
}

export interface NodeGroupsArgs {
    readonly cluster: Cluster;
    /** Kubernetes minor version: nodes follow the control plane. */
    readonly version: string;
    /** Release of the nodes' image: `latest`, a release, or nothing. */
    readonly release: string;
    readonly network: Network;
    readonly partition: pulumi.Output<string>;
    /** ARN of the nodes' role; one of the stack's own when absent. */
    readonly givenRoleArn?: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly serviceNodes: NodeGroupSettings;
    readonly jobNodes: JobNodeGroupSettings;
    /** Those of worker pools with nodes of their own, by the pool's name. */
    readonly poolNodes: Readonly<Record<string, JobNodeGroupSettings>>;
    /** Whether the cluster autoscaler moves their sizes. */
    readonly autoscaled: boolean;
}

type GroupArgs = NodeGroupsArgs & {
    readonly labels: Record<string, string>;
    /** Those of them that keep pods away which do not tolerate them. */
    readonly taints: Record<string, string>;
    readonly group: NodeGroupSettings;
    readonly roleArn: pulumi.Input<string>;
    readonly rolePolicies: pulumi.Resource[];
    readonly instanceStore: boolean;
    /** How many nodes it is to have. */
    readonly desiredSize: pulumi.Input<number>;
};

type Sizes = (name: string, group: NodeGroupSettings) => pulumi.Input<number>;

/**
 * EKS managed node groups of Amazon Linux 2023: `services`; `jobs`, which is tainted; and one more, with a taint of its
 * own beside that of `jobs`, for each worker pool with nodes of its own. They are made of
 * `aws.eks.NodeGroup` and a launch template of ours because `eks.ManagedNodeGroup` can neither encrypt volumes nor add
 * a security group.
 *
 * Without the cluster autoscaler every group has its `minSize` of nodes. With it, an update leaves the size that the
 * group has at that moment, within the group's limits.
 *
 * `/data/work` is an emptyDir: with `workDisk` `nvme` the kubelet's directory is on one RAID 0 of all instance store
 * disks, with `ebs` on the root volume.
 */
export class NodeGroups extends pulumi.ComponentResource {
    public readonly services: aws.eks.NodeGroup;
    public readonly jobs: aws.eks.NodeGroup;

    constructor(name: string, args: NodeGroupsArgs, opts: pulumi.ComponentResourceOptions) {
        super("hysds:component:NodeGroups", name, {}, opts);
        const { givenRoleArn, cluster } = args;
        const { arn, rolePolicies } = givenRoleArn
            ? { arn: givenRoleArn, rolePolicies: [] }
            : ownNodeRole(name, args.partition, this);
        const roleArn = nodeRole(cluster.clusterName, `${name}-`, arn, { parent: this });
        const sizes = this.sizes(name, args);
        const services = `${name}-${NODE_GROUPS.services}`;
        this.services = this.createGroup(services, {
            ...args,
            desiredSize: sizes(services, args.serviceNodes),
            labels: { [POOL_LABEL]: NODE_GROUPS.services },
            taints: {},
            group: args.serviceNodes,
            roleArn,
            rolePolicies,
            instanceStore: false,
        });
        const jobs = (
            groupName: string,
            group: JobNodeGroupSettings,
            own: Record<string, string>,
        ) =>
            this.createGroup(groupName, {
                ...args,
                desiredSize: sizes(groupName, group),
                labels: { [POOL_LABEL]: NODE_GROUPS.jobs, ...own },
                taints: { [JOBS_TAINT]: "true", ...own },
                group,
                roleArn,
                rolePolicies,
                instanceStore: group.workDisk === "nvme",
            });
        this.jobs = jobs(`${name}-${NODE_GROUPS.jobs}`, args.jobNodes, {});
        for (const [pool, group] of Object.entries(args.poolNodes)) {
            jobs(`${name}-${pool}`, group, { [WORKERS_LABEL]: pool });
        }
        this.registerOutputs({});
    }

    /** How many nodes a group is to have. */
    private sizes(name: string, args: NodeGroupsArgs): Sizes {
        if (!args.autoscaled) {
            return (_, { minSize }) => minSize;
        }
        const names = [...Object.values(NODE_GROUPS), ...Object.keys(args.poolNodes)].map(
            (group) => `${name}-${group}`,
        );
        const live = readLiveSizes(args.cluster.clusterName, { parent: this });
        return (groupName, group) =>
            live.apply((found) => sizeToKeep(groupName, names, found, group));
    }

    private createGroup(name: string, args: GroupArgs): aws.eks.NodeGroup {
        const { group, network, labels } = args;
        const template = this.createLaunchTemplate(name, args);
        const taints = Object.entries(args.taints).map(([key, value]) => ({
            key,
            value,
            effect: "NO_SCHEDULE",
        }));
        return new aws.eks.NodeGroup(
            name,
            {
                clusterName: args.cluster.clusterName,
                version: args.version,
                releaseVersion: nodeRelease(args.release, args.version, group.instanceTypes, this),
                nodeRoleArn: args.roleArn,
                subnetIds: network.privateSubnetIds,
                amiType: amiType(group.instanceTypes),
                instanceTypes: [...group.instanceTypes],
                capacityType: group.capacityType,
                scalingConfig: {
                    minSize: group.minSize,
                    maxSize: group.maxSize,
                    desiredSize: args.desiredSize,
                },
                labels,
                tags: args.autoscaled ? nodeTemplateTags(group, this) : undefined,
                taints,
                launchTemplate: {
                    id: template.id,
                    version: template.latestVersion.apply((version) => version.toString()),
                },
            },
            {
                parent: this,
                dependsOn: pulumi
                    .output(network.egress)
                    .apply((egress) => [...args.rolePolicies, ...egress]),
            },
        );
    }

    private createLaunchTemplate(name: string, args: GroupArgs): aws.ec2.LaunchTemplate {
        const tags = { ...args.tags, Name: name };
        return new aws.ec2.LaunchTemplate(
            name,
            {
                updateDefaultVersion: true,
                vpcSecurityGroupIds: [
                    args.cluster.securityGroupId,
                    args.network.podSecurityGroupId,
                ],
                metadataOptions: {
                    httpEndpoint: "enabled",
                    httpTokens: "required",
                    // One hop: the answer does not reach pods, which therefore cannot take the node's role.
                    httpPutResponseHopLimit: 1,
                },
                blockDeviceMappings: [
                    {
                        deviceName: "/dev/xvda",
                        ebs: {
                            volumeType: "gp3",
                            volumeSize: args.group.diskGiB,
                            encrypted: "true",
                            deleteOnTermination: "true",
                        },
                    },
                ],
                // EC2 tags what it launches only by these, not by the template's own tags.
                tagSpecifications: ["instance", "volume", "network-interface"].map(
                    (resourceType) => ({ resourceType, tags }),
                ),
                ...(args.instanceStore ? { userData: instanceStoreUserData() } : {}),
            },
            { parent: this },
        );
    }
}

function amiType(instanceTypes: readonly string[]): string {
    return groupArchitecture(instanceTypes) === "arm64"
        ? "AL2023_ARM_64_STANDARD"
        : "AL2023_x86_64_STANDARD";
}

/**
 * Puts kubelet and containerd on one RAID 0 of all instance store disks. EKS adds its own part to this document
 * (https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/#localstorageoptions).
 */
function instanceStoreUserData(): string {
    const nodeConfig = {
        apiVersion: "node.eks.aws/v1alpha1",
        kind: "NodeConfig",
        spec: { instance: { localStorage: { strategy: "RAID0" } } },
    };
    const document = [
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="HYSDS"',
        "",
        "--HYSDS",
        "Content-Type: application/node.eks.aws",
        "",
        JSON.stringify(nodeConfig),
        "--HYSDS--",
        "",
    ].join("\n");
    return Buffer.from(document).toString("base64");
}
