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
            transforms: [takesOver(name, clusterName, { parent })],
        },
    );
}

/**
 * Imports a log group that is there while its cluster is not: what an earlier stack has left. The engine makes nothing
 * of it where the group is this stack's already.
 */
export function takesOver(
    name: string,
    clusterName: string,
    invokeOptions: pulumi.InvokeOptions,
): pulumi.ResourceTransform {
    return async ({ props, opts }) => {
        const [{ logGroupNames }, { names }] = await Promise.all([
            aws.cloudwatch.getLogGroups({ logGroupNamePrefix: name }, invokeOptions),
            aws.eks.getClusters({}, invokeOptions),
        ]);
        return logGroupNames.includes(name) && !names.includes(clusterName)
            ? { props, opts: { ...opts, import: name, ignoreChanges: OF_ANOTHER_LIFE } }
            : undefined;
    };
}
