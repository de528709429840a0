import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What a group that EKS has made by itself may have otherwise; the next update gives it the stack's. */
const OF_ANOTHER_LIFE = ["retentionInDays", "tags", "kmsKeyId", "logGroupClass", "skipDestroy"];

/**
 * The log group of a cluster's control plane, made before the cluster, as EKS would make it with endless retention.
 *
 * It stays when the stack is destroyed, until its retention has emptied it: EKS writes to it for some minutes after the
 * cluster is gone, and makes it again where it is not there
 * (https://github.com/terraform-aws-modules/terraform-aws-eks/issues/920). A stack of the same name takes over what is
 * there.
 */
export function controlPlaneLogs(
    clusterName: string,
    retentionInDays: number,
    parent: pulumi.Resource,
): aws.cloudwatch.LogGroup {
    const name = `/aws/eks/${clusterName}/cluster`;
    return new aws.cloudwatch.LogGroup(
        `${clusterName}-control-plane`,
        { name, retentionInDays },
        {
            parent,
            retainOnDelete: true,
            transforms: [takesOver(name, isLeft(name, clusterName, { parent }))],
        },
    );
}

/**
 * Whether a log group is there while its cluster is not: what an earlier stack has left. Not so where nobody may ask:
 * then the group is made, and AWS refuses a second one.
 */
export async function isLeft(
    name: string,
    clusterName: string,
    invokeOptions: pulumi.InvokeOptions,
): Promise<boolean> {
    try {
        const [{ logGroupNames }, { names }] = await Promise.all([
            aws.cloudwatch.getLogGroups({ logGroupNamePrefix: name }, invokeOptions),
            aws.eks.getClusters({}, invokeOptions),
        ]);
        return logGroupNames.includes(name) && !names.includes(clusterName);
    } catch {
        return false;
    }
}

/**
 * Imports what an earlier stack has left. The engine makes nothing of it where the group is this stack's already.
 *
 * @param left asked outside of the transform, which the engine calls where no function of a provider can be
 */
export function takesOver(id: string, left: Promise<boolean>): pulumi.ResourceTransform {
    return async ({ props, opts }) =>
        (await left)
            ? { props, opts: { ...opts, import: id, ignoreChanges: OF_ANOTHER_LIFE } }
            : undefined;
}
