import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface FlowLogArgs {
    readonly vpcId: pulumi.Output<string>;
    readonly accountId: pulumi.Output<string>;
    readonly logRetentionDays: number;
}

/**
 * Records who talked to whom in a VPC, accepted and rejected, in CloudWatch Logs at ten-minute aggregation: one of the
 * first places to look when a store cannot be reached.
 */
export class FlowLog extends pulumi.ComponentResource {
    constructor(name: string, args: FlowLogArgs, opts: pulumi.ComponentResourceOptions) {
        super("hysds:component:FlowLog", name, {}, opts);
        const group = new aws.cloudwatch.LogGroup(
            name,
            { retentionInDays: args.logRetentionDays },
            { parent: this },
        );
        const { role, policy } = this.createRole(name, args.accountId, group);
        new aws.ec2.FlowLog(
            name,
            {
                vpcId: args.vpcId,
                trafficType: "ALL",
                maxAggregationInterval: 600,
                logDestinationType: "cloud-watch-logs",
                logDestination: group.arn,
                iamRoleArn: role.arn,
            },
            { parent: this, dependsOn: policy },
        );
        this.registerOutputs({});
    }

    /** Trusted for this account only (https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html). */
    private createRole(
        name: string,
        accountId: pulumi.Output<string>,
        group: aws.cloudwatch.LogGroup,
    ): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
        const assumeRolePolicy = pulumi.jsonStringify({
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Action: "sts:AssumeRole",
                    Principal: { Service: "vpc-flow-logs.amazonaws.com" },
                    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
                },
            ],
        });
        const role = new aws.iam.Role(
            name,
            { description: "Writes the VPC flow log of HySDS", assumeRolePolicy },
            { parent: this },
        );
        const statement = {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            Resource: [group.arn, pulumi.interpolate`${group.arn}:*`],
        };
        const policy = new aws.iam.RolePolicy(
            name,
            {
                role: role.name,
                policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [statement] }),
            },
            { parent: this },
        );
        return { role, policy };
    }
}
