import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What a cluster is at the moment, whatever the program wants of it. */
export interface LiveCluster {
    /** Kubernetes minor version. */
    readonly version: string;
    /** ARN of the role by which EKS manages it. */
    readonly roleArn?: string;
    readonly endpointPublicAccess: boolean;
}

/** The cluster of this name as it runs; undefined while there is none. Asked in previews too. */
export function liveCluster(
    name: string,
    opts: pulumi.InvokeOptions,
): pulumi.Output<LiveCluster | undefined> {
    return aws.eks.getClustersOutput({}, opts).names.apply(async (names) => {
        if (!names.includes(name)) {
            return undefined;
        }
        const { version, roleArn, vpcConfig } = await aws.eks.getCluster({ name }, opts);
        return { version, roleArn, endpointPublicAccess: vpcConfig.endpointPublicAccess };
    });
}

/** The node groups of the cluster of this name as they run. */
export async function liveNodeGroups(
    clusterName: string,
    opts: pulumi.InvokeOptions,
): Promise<readonly aws.eks.GetNodeGroupResult[]> {
    const clusters = await aws.eks.getClusters({}, opts);
    // Someone may have deleted the cluster behind the state's back, and its groups with it.
    const { names } = clusters.names.includes(clusterName)
        ? await aws.eks.getNodeGroups({ clusterName }, opts)
        : { names: [] };
    return Promise.all(
        names.map((nodeGroupName) => aws.eks.getNodeGroup({ clusterName, nodeGroupName }, opts)),
    );
}
