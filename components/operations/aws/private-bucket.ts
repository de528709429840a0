import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tagging } from "../../platform/aws/tags";

export interface PrivateBucketArgs {
    /** Name of the bucket; made from the resource's when absent. */
    readonly bucketName?: pulumi.Input<string>;
    /** What is removed, and when. */
    readonly lifecycle: pulumi.Input<aws.types.input.s3.BucketLifecycleConfigurationRule>[];
    /** Whether the bucket outlives the stack; otherwise it goes with all that is in it. */
    readonly protect: boolean;
    readonly tags: Readonly<Record<string, string>>;
}

/** Days after which the parts of an upload that was given up are removed. */
const UPLOAD_DAYS = 2;

/** Removes versions so many days after they were deleted or replaced, and what is left of them. */
export function removingReplaced(
    days: number,
): aws.types.input.s3.BucketLifecycleConfigurationRule {
    return {
        id: "replaced",
        status: "Enabled",
        filter: { prefix: "" },
        expiration: { expiredObjectDeleteMarker: true },
        noncurrentVersionExpiration: { noncurrentDays: days },
        abortIncompleteMultipartUpload: { daysAfterInitiation: UPLOAD_DAYS },
    };
}

/** An S3 bucket: closed to the public, versioned, encrypted with keys of S3, open to TLS only. */
export class PrivateBucket extends pulumi.ComponentResource {
    public readonly bucketName: pulumi.Output<string>;
    public readonly arn: pulumi.Output<string>;

    constructor(
        name: string,
        { bucketName, lifecycle, protect, tags }: PrivateBucketArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(
            "hysds:component:PrivateBucket",
            name,
            {},
            { ...opts, transformations: [tagging(tags)] },
        );
        const bucket = new aws.s3.Bucket(
            name,
            { bucket: bucketName, forceDestroy: !protect },
            { parent: this, protect, retainOnDelete: protect },
        );
        this.bucketName = bucket.bucket;
        this.arn = bucket.arn;
        const aspect = { parent: this, deletedWith: bucket };
        this.close(name, aspect);
        const versioning = new aws.s3.BucketVersioning(
            name,
            { bucket: this.bucketName, versioningConfiguration: { status: "Enabled" } },
            aspect,
        );
        new aws.s3.BucketLifecycleConfiguration(
            name,
            { bucket: this.bucketName, rules: lifecycle },
            { ...aspect, dependsOn: [versioning] },
        );
        this.registerOutputs({ bucketName: this.bucketName });
    }

    private close(name: string, opts: pulumi.CustomResourceOptions): void {
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
    }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html */
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
