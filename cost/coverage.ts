/**
 * How a resource type bears on the bill: `priced`: lines of the estimate; `usage`: AWS bills what passes through it or
 * lies in it, which no setting tells; `free`: nothing by itself.
 */
export type Billing = "priced" | "usage" | "free";

const priced = [
    "awsx:ec2:Vpc",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "aws:eks/nodeGroup:NodeGroup",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:kms/key:Key",
    "aws:mq/broker:Broker",
    "aws:opensearch/domain:Domain",
    "eks:index:Cluster",
];

const usage = [
    "aws:cloudwatch/dashboard:Dashboard",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    "aws:ec2/flowLog:FlowLog",
    "aws:ecr/repository:Repository",
    "aws:s3/bucket:Bucket",
    "aws:sns/topic:Topic",
    "aws:sqs/queue:Queue",
];

const free = [
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/eventTarget:EventTarget",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    "aws:eks/accessEntry:AccessEntry",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    "aws:eks/addon:Addon",
    "aws:elasticache/parameterGroup:ParameterGroup",
    "aws:elasticache/subnetGroup:SubnetGroup",
    "aws:iam/instanceProfile:InstanceProfile",
    "aws:iam/policy:Policy",
    "aws:iam/role:Role",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    "aws:kms/alias:Alias",
    "aws:mq/configuration:Configuration",
    "aws:opensearch/domainPolicy:DomainPolicy",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sns/topicSubscription:TopicSubscription",
    "aws:sqs/queuePolicy:QueuePolicy",
    // Of the standard tier: https://aws.amazon.com/systems-manager/pricing/
    "aws:ssm/parameter:Parameter",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
];

const billing: ReadonlyMap<string, Billing> = new Map<string, Billing>([
    ...priced.map((type) => [type, "priced"] as const),
    ...usage.map((type) => [type, "usage"] as const),
    ...free.map((type) => [type, "free"] as const),
]);

/** Aspects of a bucket that are resources of their own, such as `aws:s3/bucketPolicy:BucketPolicy`. */
const bucketAspect = /^aws:s3\/bucket[A-Z]\w*:/;

/**
 * How AWS bills resources of a type.
 *
 * @returns undefined for an AWS type that nobody has classified yet, and for types that are not AWS's
 */
export function billingOf(type: string): Billing | undefined {
    return bucketAspect.test(type) ? "free" : billing.get(type);
}

/** Whether resources of the type are in AWS, by themselves or through what they are made of. */
export function isInAws(type: string): boolean {
    return /^(aws|awsx|eks):/.test(type);
}
