import * as pulumi from "@pulumi/pulumi";
import { PrivateBucket, removingReplaced } from "../../aws/private-bucket";

/** Below it are files: `files/<store>/<name>.json`. */
export const FILES_PREFIX = "files/";
/** Below it are snapshot repositories, one a search domain. */
export const SNAPSHOTS_PREFIX = "snapshots/";

export interface BackupBucketArgs {
    /** How long files are kept, and how long what was deleted or replaced, days. */
    readonly retentionDays: number;
    /** Whether the bucket outlives the stack; otherwise it goes with all that is in it. */
    readonly protect: boolean;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * The S3 bucket of a stack's backups.
 *
 * Its lifecycle removes files after their retention, and versions that were deleted or replaced so long after that.
 * Objects of snapshot repositories it never removes: snapshots share them, and the search domain alone knows which of
 * them are still needed (https://docs.opensearch.org/latest/tuning-your-cluster/availability-and-recovery/snapshots/).
 */
export class BackupBucket extends PrivateBucket {
    constructor(
        name: string,
        { retentionDays, protect, tags }: BackupBucketArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        const files = {
            id: "files",
            status: "Enabled",
            filter: { prefix: FILES_PREFIX },
            expiration: { days: retentionDays },
        };
        super(name, { protect, tags, lifecycle: [files, removingReplaced(retentionDays)] }, opts);
    }
}
