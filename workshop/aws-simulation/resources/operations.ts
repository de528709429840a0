import { base36, hex, uuid } from "../account";
import { ResourceRow, Rows, text } from "./row";

/** A thing whose name is its id and the last part of its ARN. */
function named(service: string, prefix: string, row: ResourceRow = {}): ResourceRow {
    return {
        id: ({ inputs }) => text(inputs, "name"),
        replaceOn: ["name", "namePrefix"],
        ...row,
        outputs: (context) => ({
            arn: context.account.arn(service, prefix + text(context.inputs, "name")),
            ...row.outputs?.(context),
        }),
    };
}

/** An aspect of a bucket, identified by the bucket. */
const bucketAspect: ResourceRow = {
    partOf: { type: "aws:s3/bucket:Bucket", name: "bucket", namedBy: "bucket" },
    autoName: false,
    id: ({ inputs }) => text(inputs, "bucket"),
    replaceOn: ["bucket"],
};

const bucket: ResourceRow = {
    autoName: { property: "bucket", maxLength: 63 },
    unique: {
        by: ["bucket"],
        refusal: () =>
            "operation error S3: CreateBucket, https response error StatusCode: 409, BucketAlreadyOwnedByYou: " +
            "Your previous request to create the named bucket succeeded and you already own it.",
    },
    id: ({ inputs }) => text(inputs, "bucket"),
    outputs: ({ account, id }) => ({
        arn: account.arn("s3", id, "bare"),
        bucketDomainName: `${id}.s3.${account.dnsSuffix}`,
        bucketRegionalDomainName: `${id}.s3.${account.region}.${account.dnsSuffix}`,
        hostedZoneId: "Z3BJ6K6RIION7M",
        bucketRegion: account.region,
    }),
    replaceOn: ["bucket", "bucketPrefix", "objectLockEnabled"],
};

const BUCKET_ASPECTS = [
    "bucketLifecycleConfiguration",
    "bucketLogging",
    "bucketOwnershipControls",
    "bucketPolicy",
    "bucketPublicAccessBlock",
    "bucketServerSideEncryptionConfiguration",
    "bucketVersioning",
].map((name) => [`aws:s3/${name}:${name.charAt(0).toUpperCase()}${name.slice(1)}`, bucketAspect]);

/** Observation, messages, secrets, certificates, names, backups and images. */
export const operationsRows: Rows = {
    "aws:cloudwatch/logGroup:LogGroup": named("logs", "log-group:", {
        unique: {
            by: ["name"],
            refusal: () =>
                "operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, " +
                "ResourceAlreadyExistsException: The specified log group already exists",
        },
        outputs: ({ inputs }) => ({
            retentionInDays: inputs.retentionInDays ?? 0,
            logGroupClass: text(inputs, "logGroupClass") || "STANDARD",
        }),
        replaceOn: ["name", "namePrefix", "logGroupClass"],
    }),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
        autoName: false,
        id: ({ inputs }) => text(inputs, "policyName"),
        replaceOn: ["policyName"],
    },
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
        id: ({ inputs }) => text(inputs, "name"),
        replaceOn: ["name", "logGroupName"],
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": named("cloudwatch", "alarm:", {
        replaceOn: ["name"],
    }),
    "aws:cloudwatch/dashboard:Dashboard": {
        autoName: false,
        id: ({ inputs }) => text(inputs, "dashboardName"),
        outputs: ({ account, id }) => ({
            dashboardArn: account.arn("cloudwatch", `dashboard/${id}`, "global"),
        }),
        replaceOn: ["dashboardName"],
    },
    "aws:cloudwatch/eventRule:EventRule": named("events", "rule/"),
    "aws:sns/topic:Topic": named("sns", "", {
        id: ({ account, inputs }) => account.arn("sns", text(inputs, "name")),
        outputs: ({ account }) => ({ owner: account.accountId, beginningArchiveTime: "" }),
    }),
    "aws:sns/topicPolicy:TopicPolicy": {
        autoName: false,
        id: ({ inputs }) => text(inputs, "arn"),
        outputs: ({ account }) => ({ owner: account.accountId }),
        replaceOn: ["arn"],
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        autoName: false,
        id: ({ inputs, seed }) => `${text(inputs, "topic")}:${uuid(seed)}`,
        outputs: ({ account, id, inputs }) => ({
            arn: id,
            ownerId: account.accountId,
            // Until the reader has followed the link in the mail.
            pendingConfirmation: text(inputs, "protocol") === "email",
        }),
        replaceOn: ["topic", "protocol", "endpoint"],
    },
    "aws:sqs/queue:Queue": named("sqs", "", {
        id: ({ account, inputs }) =>
            `https://sqs.${account.region}.${account.dnsSuffix}/${account.accountId}/${text(inputs, "name")}`,
        outputs: ({ account, inputs }) => ({
            url: `https://sqs.${account.region}.${account.dnsSuffix}/${account.accountId}/${text(inputs, "name")}`,
        }),
        replaceOn: ["name", "namePrefix", "fifoQueue"],
    }),
    "aws:sqs/queuePolicy:QueuePolicy": {
        autoName: false,
        id: ({ inputs }) => text(inputs, "queueUrl"),
        replaceOn: ["queueUrl"],
    },
    "aws:secretsmanager/secret:Secret": {
        unique: {
            by: ["name"],
            refusal: (inputs) =>
                `operation error Secrets Manager: CreateSecret, https response error StatusCode: 400, ` +
                `ResourceExistsException: The operation failed because the secret ${text(inputs, "name")} already exists.`,
        },
        id: ({ account, inputs, seed }) =>
            account.arn(
                "secretsmanager",
                `secret:${text(inputs, "name")}-${base36(seed, 6).toLowerCase()}`,
            ),
        outputs: ({ id }) => ({ arn: id }),
        replaceOn: ["name", "namePrefix"],
    },
    "aws:secretsmanager/secretVersion:SecretVersion": {
        autoName: false,
        id: ({ inputs, seed }) => `${text(inputs, "secretId")}|${uuid(seed)}`,
        outputs: ({ inputs, seed }) => ({
            arn: text(inputs, "secretId"),
            versionId: uuid(seed),
            versionStages: inputs.versionStages ?? ["AWSCURRENT"],
        }),
        secretPaths: ["secretString", "secretBinary"],
        replaceOn: ["secretId", "secretString", "secretBinary"],
    },
    "aws:ssm/parameter:Parameter": named("ssm", "parameter/", {
        outputs: ({ revision }) => ({ version: revision }),
        revised: ["version"],
        secretPaths: ["value"],
        replaceOn: ["name"],
    }),
    "aws:acm/certificate:Certificate": {
        autoName: false,
        id: ({ account, seed }) => account.arn("acm", `certificate/${uuid(seed)}`),
        outputs: ({ id, inputs, seed }) => ({
            arn: id,
            status: "ISSUED",
            type: "AMAZON_ISSUED",
            domainValidationOptions: [
                {
                    domainName: text(inputs, "domainName"),
                    resourceRecordName: `_${hex(seed, 32)}.${text(inputs, "domainName")}.`,
                    resourceRecordType: "CNAME",
                    resourceRecordValue: `_${hex(`${seed}/value`, 32)}.acm-validations.aws.`,
                },
            ],
        }),
        replaceOn: ["domainName", "subjectAlternativeNames", "validationMethod", "keyAlgorithm"],
    },
    "aws:acm/certificateValidation:CertificateValidation": {
        autoName: false,
        id: ({ seed }) => hex(seed, 16),
        replaceOn: ["certificateArn", "validationRecordFqdns"],
    },
    "aws:route53/zone:Zone": {
        autoName: false,
        id: ({ seed }) => `Z${base36(seed, 20)}`,
        outputs: ({ account, id }) => ({
            arn: `arn:${account.partition}:route53:::hostedzone/${id}`,
            zoneId: id,
            nameServers: ["ns-1.awsdns-01.org", "ns-2.awsdns-02.com"],
            primaryNameServer: "ns-1.awsdns-01.org",
        }),
        replaceOn: ["name", "delegationSetId"],
    },
    "aws:route53/record:Record": {
        autoName: false,
        unique: {
            by: ["zoneId", "name", "type", "setIdentifier"],
            refusal: (inputs) =>
                `operation error Route 53: ChangeResourceRecordSets, https response error StatusCode: 400, ` +
                `InvalidChangeBatch: [Tried to create resource record set [name='${text(inputs, "name")}.', ` +
                `type='${text(inputs, "type")}'] but it already exists]`,
        },
        id: ({ inputs }) =>
            ["zoneId", "name", "type"].map((property) => text(inputs, property)).join("_"),
        outputs: ({ inputs }) => ({ fqdn: text(inputs, "name") }),
        replaceOn: ["zoneId", "setIdentifier"],
    },
    "aws:backup/vault:Vault": named("backup", "backup-vault:", {
        outputs: () => ({ recoveryPoints: 0 }),
        replaceOn: ["name", "kmsKeyArn"],
    }),
    "aws:backup/plan:Plan": {
        id: ({ seed }) => uuid(seed),
        outputs: ({ account, id, revision }) => ({
            arn: account.arn("backup", `backup-plan:${id}`),
            version: String(revision),
        }),
        revised: ["version"],
    },
    "aws:backup/selection:Selection": {
        id: ({ seed }) => uuid(seed),
        replaceOn: ["name", "planId", "iamRoleArn", "resources", "notResources", "selectionTags"],
    },
    "aws:autoscaling/group:Group": named("autoscaling", "autoScalingGroup:*:autoScalingGroupName/"),
    "aws:ecr/repository:Repository": named("ecr", "repository/", {
        autoName: { property: "name", maxLength: 256 },
        outputs: ({ account, inputs }) => ({
            registryId: account.accountId,
            repositoryUrl: `${account.accountId}.dkr.ecr.${account.region}.${account.dnsSuffix}/${text(inputs, "name")}`,
        }),
        replaceOn: ["name", "encryptionConfigurations"],
    }),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
        partOf: { type: "aws:ecr/repository:Repository", name: "name", namedBy: "repository" },
        autoName: false,
        id: ({ inputs }) => text(inputs, "repository"),
        outputs: ({ account }) => ({ registryId: account.accountId }),
        replaceOn: ["repository"],
    },
    "aws:s3/bucket:Bucket": bucket,
    ...(Object.fromEntries(BUCKET_ASPECTS) as Rows),
};
