import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { keyPolicy } from "../../../platform/aws/key-policy";
import { AwsFacts } from "../../../platform/aws/facts";

export interface AlarmTopicArgs {
    readonly network: AwsFacts;
    readonly emails: readonly string[];
}

/**
 * The SNS topic of every alarm of a stack, encrypted, open to the alarms of this account and to nobody else, and a
 * subscription for each e-mail address, which its reader has to confirm.
 *
 * The key is the stack's own, because CloudWatch may not use the key that AWS manages for SNS
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html).
 */
export class AlarmTopic extends pulumi.ComponentResource {
    public readonly arn: pulumi.Output<string>;

    /** @param name the topic's name */
    constructor(name: string, args: AlarmTopicArgs, opts: pulumi.ComponentResourceOptions) {
        super("hysds:component:AlarmTopic", name, {}, opts);
        const child = { parent: this };
        const key = new aws.kms.Key(
            name,
            {
                description: "Alarms of HySDS on their way through SNS",
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                policy: keyPolicy(args.network, ALARMS_USE_THE_KEY),
            },
            child,
        );
        const topic = new aws.sns.Topic(
            name,
            { name, displayName: "HySDS alarms", kmsMasterKeyId: key.id },
            child,
        );
        new aws.sns.TopicPolicy(
            name,
            { arn: topic.arn, policy: topicPolicy(args.network, topic.arn) },
            child,
        );
        for (const endpoint of args.emails) {
            const suffix = endpoint.replace(/[^A-Za-z0-9]+/g, "-");
            new aws.sns.TopicSubscription(
                `${name}-${suffix}`,
                { topic: topic.arn, protocol: "email", endpoint },
                child,
            );
        }
        this.arn = topic.arn;
        this.registerOutputs({ arn: this.arn });
    }
}

/** Alarms of this account, whatever their name: the topic is there before any of them. */
function fromAlarms({ partition, region, accountId }: AwsFacts): object {
    return {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: {
            "aws:SourceArn": pulumi.interpolate`arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*`,
        },
    };
}

const ALARMS_USE_THE_KEY = {
    Sid: "Alarms",
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    // The topic's policy says whose alarms: in the key's policy AWS documents no condition for CloudWatch.
    Resource: "*",
};

function topicPolicy(network: AwsFacts, topicArn: pulumi.Output<string>): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "Alarms",
                Effect: "Allow",
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Action: "sns:Publish",
                Resource: topicArn,
                Condition: fromAlarms(network),
            },
        ],
    });
}
