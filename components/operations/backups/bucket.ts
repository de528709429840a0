import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Below it are files: `files/<store>/<name>.json`. */
export const FILES_PREFIX = "files/";
/** Below it are snapshot repositories, one a search domain. */
export const SNAPSHOTS_PREFIX = "snapshots/";

export interface BackupBucketArgs {
    /** How long files are kept, and how long what was deleted or replaced, days. */
    readonly retentionDays: number;
    /** Whether the bucket outlives the stack; otherwise it goes with all that is in it. */
    readonly protect: boolean;
}

/**
 * The S3 bucket of a stack's backups: private, versioned, encrypted with keys of S3, TLS only.
 *
 * Its lifecycle removes files after their retention, and versions that were deleted or replaced so long after that.
 * Objects of snapshot repositories it never removes: snapshots share them, and the search domain alone knows which of
 * them are still needed (https://docs.opensearch.org/latest/tuning-your-cluster/availability-and-recovery/snapshots/).
 */
export class BackupBucket extends pulumi.ComponentResource {
    public readonly bucketName: pulumi.Output<string>;
    public readonly arn: pulumi.Output<string>;

    constructor(
        name: string,
        private readonly args: BackupBucketArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:BackupBucket", name, {}, opts);
        const { protect } = args;
        const bucket = new aws.s3.Bucket(
            name,
            { forceDestroy: !protect },
            { parent: this, protect, retainOnDelete: protect },
        );
        this.bucketName = bucket.bucket;
        this.arn = bucket.arn;
        const aspect = { parent: this, deletedWith: bucket };
        const versioning = this.guard(name, aspect);
        this.createLifecycle(name, { ...aspect, dependsOn: [versioning] });
        this.registerOutputs({ bucketName: this.bucketName });
    }

    /** @returns the versioning, which a lifecycle of old versions needs first */
    private guard(name: string, opts: pulumi.CustomResourceOptions): pulumi.Resource {
        const bucket = this.bucketName;
        new aws.s3.BucketPublicAccessBlock(
            name,
            {
                bucket,
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
            opts,
        );
        new aws.s3.BucketServerSideEncryptionConfiguration(
            name,
            {
                bucket,
                rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
            },
            opts,
        );
        new aws.s3.BucketPolicy(name, { bucket, policy: tlsOnly(this.arn) }, opts);
        return new aws.s3.BucketVersioning(
            name,
            { bucket, versioningConfiguration: { status: "Enabled" } },
            opts,
        );
    }

    private createLifecycle(name: string, opts: pulumi.CustomResourceOptions): void {
        const { retentionDays } = this.args;
        new aws.s3.BucketLifecycleConfiguration(
            name,
            {
                bucket: this.bucketName,
                rules: [
                    {
                        id: "files",
                        status: "Enabled",
                        filter: { prefix: FILES_PREFIX },
                        expiration: { days: retentionDays },
                    },
                    {
                        id: "deleted",
                        status: "Enabled",
                        filter: { prefix: "" },
                        expiration: { expiredObjectDeleteMarker: true },
                        noncurrentVersionExpiration: { noncurrentDays: retentionDays },
                        abortIncompleteMultipartUpload: { daysAfterInitiation: 2 },
                    },
                ],
            },
            opts,
        );
    }
}

function tlsOnly(arn: pulumi.Output<string>): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "TlsOnly",
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [arn, pulumi.interpolate`${arn}/*`],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ],
    });
}
