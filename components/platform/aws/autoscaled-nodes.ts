import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { JobNodeGroupSettings, NodeGroupSettings } from "../../settings/settings";

/** How the cluster autoscaler learns of a node group without nodes what resources a node of it would have. */
const RESOURCE_TAG = "k8s.io/cluster-autoscaler/node-template/resources";

const GB = 10 ** 9;
const GIB = 2 ** 30;

/** What file systems, the system and images take of a disk. */
const USABLE_SHARE = 0.85;

/**
 * Tags of an EKS node group that the cluster autoscaler starts from none. Labels and taints of the group it reads from
 * EKS itself; the disk it cannot know, and without it a pod that asks for `ephemeral-storage`, as job workers do, fits
 * on no node that is not there yet
 * (https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md).
 */
export function nodeTemplateTags(
    group: NodeGroupSettings | JobNodeGroupSettings,
    parent: pulumi.Resource,
): Record<string, pulumi.Input<string>> {
    const onInstanceStore = "workDisk" in group && group.workDisk === "nvme";
    const diskGiB = onInstanceStore
        ? smallestInstanceStoreGiB(group.instanceTypes, parent)
        : pulumi.output(group.diskGiB);
    return {
        [`${RESOURCE_TAG}/ephemeral-storage`]: diskGiB.apply(
            (size) => `${Math.floor(size * USABLE_SHARE)}Gi`,
        ),
    };
}

/** Which type a new node will have is EC2's choice. */
function smallestInstanceStoreGiB(
    instanceTypes: readonly string[],
    parent: pulumi.Resource,
): pulumi.Output<number> {
    const sizes = instanceTypes.map(
        (instanceType) =>
            aws.ec2.getInstanceTypeOutput({ instanceType }, { parent }).totalInstanceStorage,
    );
    return pulumi.all(sizes).apply((all) => (Math.min(...all) * GB) / GIB);
}
