import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";
import { artifactBucketName } from "./artifact-bucket";
import { ecrRegistry } from "./registry";

type Statement = aws.iam.PolicyStatement;

/**
 * What job workers may do on AWS, and no other process of HySDS: read and write the stack's dataset buckets, read its
 * bucket of artifacts, and pull images from its registry. Undefined off AWS, and where there is nothing to allow.
 */
export function jobPermissions(settings: Settings, platform: Platform): Statement[] | undefined {
    if (!platform.network) {
        return undefined;
    }
    const { partition } = platform.network;
    const statements = [
        ...bucketStatements(settings.hysds.datasetBuckets, partition),
        ...artifactStatements(artifactBucketName(settings, platform), partition),
        ...registryStatements(settings.images.registry, partition),
    ];
    return statements.length === 0 ? undefined : statements;
}

function bucketStatements(
    buckets: readonly string[],
    partition: pulumi.Output<string>,
): Statement[] {
    if (buckets.length === 0) {
        return [];
    }
    const arns = buckets.map((bucket) => pulumi.interpolate`arn:${partition}:s3:::${bucket}`);
    return [
        {
            Sid: "ListDatasets",
            Effect: "Allow",
            Action: ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
            Resource: arns,
        },
        {
            Sid: "ReadAndWriteDatasets",
            Effect: "Allow",
            Action: [
                "s3:GetObject",
                "s3:GetObjectTagging",
                "s3:PutObject",
                "s3:PutObjectTagging",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts",
            ],
            Resource: arns.map((arn) => pulumi.interpolate`${arn}/*`),
        },
    ];
}

function artifactStatements(
    bucket: pulumi.Output<string> | undefined,
    partition: pulumi.Output<string>,
): Statement[] {
    if (bucket === undefined) {
        return [];
    }
    const arn = pulumi.interpolate`arn:${partition}:s3:::${bucket}`;
    return [
        // Without it S3 answers 403 instead of 404 for what is not there.
        { Sid: "ListArtifacts", Effect: "Allow", Action: "s3:ListBucket", Resource: arn },
        {
            Sid: "ReadArtifacts",
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource: pulumi.interpolate`${arn}/*`,
        },
    ];
}

function registryStatements(registry: string, partition: pulumi.Output<string>): Statement[] {
    const ecr = ecrRegistry(registry);
    if (!ecr) {
        return [];
    }
    const path = registry.split("/").slice(1).join("/");
    const repositories = path === "" ? "*" : `${path}/*`;
    return [
        // This action knows no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
        {
            Sid: "LogInToRegistry",
            Effect: "Allow",
            Action: "ecr:GetAuthorizationToken",
            Resource: "*",
        },
        {
            Sid: "PullImages",
            Effect: "Allow",
            Action: [
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer",
            ],
            Resource: pulumi.interpolate`arn:${partition}:ecr:${ecr.region}:${ecr.account}:repository/${repositories}`,
        },
    ];
}
