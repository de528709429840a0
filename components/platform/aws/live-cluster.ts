import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What a cluster is at the moment, whatever the program wants of it. */
export interface LiveCluster {
    /** Kubernetes minor version. */
    readonly version: string;
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
        const { version, vpcConfig } = await aws.eks.getCluster({ name }, opts);
        return { version, endpointPublicAccess: vpcConfig.endpointPublicAccess };
    });
}
