import * as pulumi from "@pulumi/pulumi";
import { artifactBucketName } from "../hysds/artifact-bucket";
import { Platform } from "../platform/platform";
import { tagging } from "../platform/tags";
import { Settings } from "../settings/settings";
import { PrivateBucket } from "./private-bucket";

/** Days after which the parts of an upload that was given up are removed. */
const UPLOAD_DAYS = 2;

/** What a stack says of its artifacts. */
export interface ArtifactOutputs {
    /** Bucket that `hysds-ops ship` and `hysds-ops pkg` write to, and job workers read. */
    readonly artifactBucket?: pulumi.Output<string>;
}

/**
 * The bucket of artifacts, where the settings ask for one: bundles of code and configuration, and images of packages.
 * What is replaced or deleted stays for `artifacts.versionDays`, to go back to. Job workers may read it
 * (`jobPermissions`); who ships has rights of their own.
 */
export function createArtifacts(settings: Settings, platform: Platform): ArtifactOutputs {
    const bucketName = artifactBucketName(settings, platform);
    if (settings.artifacts.kind === "none" || bucketName === undefined) {
        return {};
    }
    const bucket = new PrivateBucket(
        `${settings.namePrefix}-artifacts`,
        {
            bucketName,
            protect: settings.protect,
            lifecycle: [
                {
                    id: "replaced",
                    status: "Enabled",
                    filter: { prefix: "" },
                    expiration: { expiredObjectDeleteMarker: true },
                    noncurrentVersionExpiration: { noncurrentDays: settings.artifacts.versionDays },
                    abortIncompleteMultipartUpload: { daysAfterInitiation: UPLOAD_DAYS },
                },
            ],
        },
        { transformations: [tagging(settings.tags)] },
    );
    return { artifactBucket: bucket.bucketName };
}
