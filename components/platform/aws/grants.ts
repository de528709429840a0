import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ecrRegistry } from "../../settings/limits/images";
import { Grant } from "../grants";
import { AwsFacts } from "./facts";

type Statement = aws.iam.PolicyStatement;
type Account = Pick<AwsFacts, "partition" | "region" | "accountId">;

type Writer<Kind extends Grant["grant"]> = (
    grant: Extract<Grant, { grant: Kind }>,
    account: Account,
) => Statement[];

const WRITERS: { readonly [Kind in Grant["grant"]]: Writer<Kind> } = {
    "read-bucket": ({ content, bucket }, { partition }) => {
        const arn = pulumi.interpolate`arn:${partition}:s3:::${bucket}`;
        return [
            // Without it S3 answers 403 instead of 404 for what is not there.
            { Sid: `List${content}`, Effect: "Allow", Action: "s3:ListBucket", Resource: arn },
            {
                Sid: `Read${content}`,
                Effect: "Allow",
                Action: "s3:GetObject",
                Resource: pulumi.interpolate`${arn}/*`,
            },
        ];
    },
    "use-buckets": useBuckets,
    "keep-files": ({ bucketId, prefix }) => [
        {
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:PutObject"],
            Resource: pulumi.interpolate`${bucketId}/${prefix}*`,
        },
        {
            Effect: "Allow",
            Action: "s3:ListBucket",
            Resource: bucketId,
            Condition: { StringLike: { "s3:prefix": `${prefix}*` } },
        },
    ],
    "pull-images": pullImages,
    // Clients of HySDS read, index, delete; domain configuration (`es:UpdateDomainConfig`, …) is not theirs.
    search: ({ clusterId }) => [
        {
            Effect: "Allow",
            Action: ["Get", "Head", "Post", "Put", "Delete"].map((method) => `es:ESHttp${method}`),
            Resource: pulumi.interpolate`${clusterId}/*`,
        },
    ],
    "scale-nodes": scaleNodes,
    "as-written": ({ statements }) =>
        statements.map((statement) => ({
            ...statement,
            Action: [statement.Action].flat(),
            Resource: [statement.Resource].flat(),
        })),
};

/** IAM statements of what a workload is granted. */
export function statementsOf(grants: readonly Grant[], account: Account): Statement[] {
    return grants.flatMap((grant) =>
        (WRITERS[grant.grant] as Writer<Grant["grant"]>)(grant, account),
    );
}

function useBuckets(
    { content, buckets, keys }: Extract<Grant, { grant: "use-buckets" }>,
    { partition }: Account,
): Statement[] {
    const arns = buckets.map((bucket) => pulumi.interpolate`arn:${partition}:s3:::${bucket}`);
    return [
        ...(keys.length === 0 ? [] : [useKeys(content, keys)]),
        {
            Sid: `List${content}`,
            Effect: "Allow",
            Action: ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
            Resource: arns,
        },
        {
            Sid: `ReadAndWrite${content}`,
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

/** By S3 alone, and to read and write: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
function useKeys(content: string, keys: readonly string[]): Statement {
    const services = keys.map((key) => {
        const [, partition, , region] = key.split(":");
        return `s3.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`;
    });
    return {
        Sid: `UseKeysOf${content}`,
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: [...keys],
        Condition: { StringEquals: { "kms:ViaService": [...new Set(services)] } },
    };
}

/** Nothing for a registry that is not ECR: there jobs pull anonymously. */
function pullImages(
    { registry }: Extract<Grant, { grant: "pull-images" }>,
    { partition }: Account,
): Statement[] {
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

/** EKS puts it on the Auto Scaling groups of its node groups: https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html */
export function discoveryTag(clusterName: string): string {
    return `k8s.io/cluster-autoscaler/${clusterName}`;
}

/**
 * Reads Auto Scaling groups and what their instances are, and changes the size of those groups only that EKS made for
 * this cluster. The actions that describe know no resources
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html).
 */
function scaleNodes(
    { clusterName }: Extract<Grant, { grant: "scale-nodes" }>,
    { partition, region, accountId }: Account,
): Statement[] {
    return [
        {
            Effect: "Allow",
            Action: [
                "autoscaling:DescribeAutoScalingGroups",
                "autoscaling:DescribeAutoScalingInstances",
                "autoscaling:DescribeLaunchConfigurations",
                "autoscaling:DescribeScalingActivities",
                "ec2:DescribeImages",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeLaunchTemplateVersions",
                "ec2:GetInstanceTypesFromInstanceRequirements",
            ],
            Resource: "*",
        },
        {
            Effect: "Allow",
            Action: "eks:DescribeNodegroup",
            Resource: pulumi.interpolate`arn:${partition}:eks:${region}:${accountId}:nodegroup/${clusterName}/*`,
        },
        {
            Effect: "Allow",
            Action: [
                "autoscaling:SetDesiredCapacity",
                "autoscaling:TerminateInstanceInAutoScalingGroup",
            ],
            Resource: "*",
            Condition: {
                StringEquals: { [`aws:ResourceTag/${discoveryTag(clusterName)}`]: "owned" },
            },
        },
    ];
}
