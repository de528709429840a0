import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CLOUDWATCH_NAMESPACE } from "../../settings/limits/namespaces";
import { keyPolicy } from "./key-policy";
import { AwsFacts } from "./facts";

/** Namespace and ServiceAccount of the add-on's agent and of its Fluent Bit. */
export const CLOUDWATCH_AGENT = {
    namespace: CLOUDWATCH_NAMESPACE,
    serviceAccount: "cloudwatch-agent",
} as const;

/** What the CloudWatch add-on of EKS does. */
export interface CloudWatchAddOnArgs {
    readonly clusterName: string;
    readonly facts: Pick<AwsFacts, "region" | "partition" | "accountId">;
    /** Metrics of pods and nodes (Container Insights with enhanced observability). */
    readonly insights: boolean;
    /** Logs of containers, by Fluent Bit. */
    readonly logs: boolean;
    readonly logRetentionDays: number;
    /** Refuse deletion of the key without which the logs cannot be read. */
    readonly protect: boolean;
}

/**
 * The log groups that the add-on writes to, made before it, since it would make them by itself with endless retention:
 * what containers print, what the nodes' system prints, and the events that Container Insights is computed from.
 */
export class CloudWatchLogs extends pulumi.ComponentResource {
    constructor(name: string, args: CloudWatchAddOnArgs, opts: pulumi.ComponentResourceOptions) {
        super("hysds:component:CloudWatchLogs", name, {}, opts);
        const key = this.createKey(name, args);
        const kinds = [
            ...(args.logs ? ["application", "dataplane", "host"] : []),
            ...(args.insights ? ["performance"] : []),
        ];
        for (const kind of kinds) {
            new aws.cloudwatch.LogGroup(
                `${name}-${kind}`,
                {
                    name: `/aws/containerinsights/${args.clusterName}/${kind}`,
                    retentionInDays: args.logRetentionDays,
                    kmsKeyId: key.arn,
                },
                { parent: this },
            );
        }
        this.registerOutputs({});
    }

    /**
     * Unlike the logs of AWS services, those of containers hold what PGEs print: they are encrypted by a key that an
     * account can take away. Usable for these groups only.
     * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
     */
    private createKey(name: string, args: CloudWatchAddOnArgs): aws.kms.Key {
        return new aws.kms.Key(
            name,
            {
                description: `Logs of containers of EKS cluster ${args.clusterName}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                policy: keyPolicy(args.facts, logsUseTheKey(args)),
            },
            { parent: this, protect: args.protect, retainOnDelete: args.protect },
        );
    }
}

function logsUseTheKey(args: CloudWatchAddOnArgs): object {
    return {
        Sid: "Logs",
        Effect: "Allow",
        Principal: { Service: pulumi.interpolate`logs.${args.facts.region}.amazonaws.com` },
        Action: [
            "kms:Encrypt*",
            "kms:Decrypt*",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:Describe*",
        ],
        Resource: "*",
        Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": groupArns(args) } },
    };
}

/** The log groups of the cluster, as a pattern. */
function groupArns({ clusterName, facts }: CloudWatchAddOnArgs): pulumi.Output<string> {
    const { partition, region, accountId } = facts;
    return pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:/aws/containerinsights/${clusterName}/*`;
}

/**
 * Configuration of the add-on `amazon-cloudwatch-observability`. Application Signals stays off: it would inject agents
 * into the pods of HySDS.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html
 */
export function cloudWatchConfiguration(
    args: Pick<CloudWatchAddOnArgs, "insights" | "logs">,
): string {
    return JSON.stringify({
        containerInsights: { enabled: args.insights },
        containerLogs: { enabled: args.logs },
        applicationSignals: { enabled: false },
    });
}

/**
 * What the agent and Fluent Bit may do: write to the log groups of this cluster, and read what they label events with.
 * Less than AWS's CloudWatchAgentServerPolicy, which may write every log group and parameter of the account.
 */
export function cloudWatchPermissions(args: CloudWatchAddOnArgs): pulumi.Output<string> {
    const groups = groupArns(args);
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "WriteLogs",
                Effect: "Allow",
                Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                Resource: [groups, pulumi.interpolate`${groups}:log-stream:*`],
            },
            {
                // None of these actions knows a resource.
                Sid: "ReadLabels",
                Effect: "Allow",
                Action: ["ec2:DescribeTags", "ec2:DescribeVolumes", "logs:DescribeLogGroups"],
                Resource: "*",
            },
        ],
    });
}
