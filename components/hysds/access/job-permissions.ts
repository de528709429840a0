import { Grant } from "../../platform/grants";
import { Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";
import { artifactBucketName } from "./artifact-bucket";

/**
 * What job workers may do outside the cluster, and no other process of HySDS: read and write the stack's dataset
 * buckets, read its bucket of artifacts, and pull images from its registry.
 */
export function jobPermissions(settings: Settings, platform: Platform): readonly Grant[] {
    const buckets = settings.hysds.datasetBuckets;
    const artifacts = artifactBucketName(settings, platform);
    return [
        ...(buckets.length > 0
            ? [{ grant: "use-buckets", content: "Datasets", buckets } as const]
            : []),
        ...(artifacts
            ? [{ grant: "read-bucket", content: "Artifacts", bucket: artifacts } as const]
            : []),
        { grant: "pull-images", registry: settings.images.registry },
    ];
}
