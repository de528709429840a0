import * as aws from "@pulumi/aws";
import type { ResourceCheck, Rule } from "../rule";
import type { Settings } from "../setting";

/** What rules read of an EKS cluster. Getters, since a value that is not known yet throws where it is read. */
export interface EksCluster {
    readonly version: () => string | undefined;
    readonly endpointPublicAccess: () => boolean | undefined;
    readonly publicAccessCidrs: () => readonly string[] | undefined;
    /** Those of the cluster itself. */
    readonly tags: () => Readonly<Record<string, string>> | undefined;
    readonly logTypes: () => readonly string[] | undefined;
    /** Whether a key for the encryption of Secrets is given. */
    readonly encryptsSecrets: () => boolean;
    readonly deletionProtection: () => boolean | undefined;
}

/** Inputs of the component `eks:index:Cluster` that rules read. */
interface ComponentInputs {
    readonly version: string;
    readonly endpointPublicAccess: boolean;
    readonly publicAccessCidrs: readonly string[];
    readonly clusterTags: Readonly<Record<string, string>>;
    readonly enabledClusterLogTypes: readonly string[];
    readonly encryptionConfigKeyArn: string;
    readonly deletionProtection: boolean;
}

/**
 * Adds the check to EKS clusters and to the component that makes them. A preview without the component's provider
 * sees only the component, and a cluster made without the component only the cluster.
 */
export function checksClusters<S extends Settings>(
    rule: Rule<S>,
    check: (cluster: EksCluster, context: ResourceCheck<S>) => void,
): Rule<S> {
    return rule
        .checks(aws.eks.Cluster, (cluster, context) =>
            check(
                {
                    version: () => cluster.version,
                    endpointPublicAccess: () => cluster.vpcConfig.endpointPublicAccess,
                    publicAccessCidrs: () => cluster.vpcConfig.publicAccessCidrs,
                    tags: () => cluster.tags,
                    logTypes: () => cluster.enabledClusterLogTypes,
                    encryptsSecrets: () =>
                        cluster.encryptionConfig?.resources.includes("secrets") ?? false,
                    deletionProtection: () => cluster.deletionProtection,
                },
                context,
            ),
        )
        .checksType<ComponentInputs>("eks:index:Cluster", (cluster, context) => {
            // The engine shows components without inputs to policies; their children are checked then.
            if (Object.keys(cluster).length > 0) {
                check(
                    {
                        version: () => cluster.version,
                        endpointPublicAccess: () => cluster.endpointPublicAccess,
                        publicAccessCidrs: () => cluster.publicAccessCidrs,
                        tags: () => cluster.clusterTags,
                        logTypes: () => cluster.enabledClusterLogTypes,
                        encryptsSecrets: () => "encryptionConfigKeyArn" in cluster,
                        deletionProtection: () => cluster.deletionProtection,
                    },
                    context,
                );
            }
        });
}
