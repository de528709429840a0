import { Grant } from "../../platform/grants";
import { Platform } from "../../platform/platform";
import { Settings, WorkerPoolSettings } from "../../settings/settings";
import { artifactBucketName } from "./artifact-bucket";

/**
 * What job workers may do outside the cluster, and no other process of HySDS: read and write the stack's dataset
 * buckets, read its bucket of artifacts, pull images from its registry, and what their own pool is given.
 */
export function jobPermissions(
    settings: Settings,
    platform: Platform,
    pool: WorkerPoolSettings | undefined,
): readonly Grant[] {
    const { datasetBuckets: buckets, datasetKeyArns: keys } = settings.hysds;
    const artifacts = artifactBucketName(settings, platform);
    return [
        ...(buckets.length > 0
            ? [{ grant: "use-buckets", content: "Datasets", buckets, keys } as const]
            : []),
        ...(artifacts
            ? [{ grant: "read-bucket", content: "Artifacts", bucket: artifacts } as const]
            : []),
        { grant: "pull-images", registry: settings.images.registry },
        ...(pool?.jobStatements
            ? [{ grant: "as-written", statements: pool.jobStatements } as const]
            : []),
    ];
}
