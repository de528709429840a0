import { CapturedResource } from "../../workshop/plan/evaluation";
import { reveal } from "../../workshop/plan/secret";

/** What AWS takes for one property: a text of a pattern, or a list of at most so many entries. */
interface Limit {
    readonly type: string;
    /** The property; the provider makes a name of the resource's and seven digits when the program gives none. */
    readonly property: string;
    readonly takes: RegExp | number;
}

/** Documented limits of what this project creates. */
const LIMITS: readonly Limit[] = [
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
    { type: "aws:iam/role:Role", property: "name", takes: /^[\w+=,.@-]{1,64}$/ },
    // https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
    {
        type: "aws:eks/nodeGroup:NodeGroup",
        property: "nodeGroupName",
        takes: /^[A-Za-z0-9][\w-]{0,62}$/,
    },
    { type: "aws:eks/nodeGroup:NodeGroup", property: "taints", takes: 50 },
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
    {
        type: "aws:ec2/launchTemplate:LaunchTemplate",
        property: "name",
        takes: /^[\w()./-]{3,128}$/,
    },
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
    {
        type: "aws:ec2/securityGroup:SecurityGroup",
        property: "name",
        takes: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
    },
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
    {
        type: "aws:elasticache/replicationGroup:ReplicationGroup",
        property: "replicationGroupId",
        takes: /^(?!.*--)[a-z][a-z0-9-]{0,38}[a-z0-9]$/,
    },
    // https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html
    {
        type: "aws:opensearch/domain:Domain",
        property: "domainName",
        takes: /^[a-z][a-z0-9-]{2,27}$/,
    },
    // https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html
    { type: "aws:mq/broker:Broker", property: "brokerName", takes: /^[\w~-]{1,50}$/ },
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    {
        type: "aws:s3/bucket:Bucket",
        property: "bucket",
        takes: /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    },
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
    {
        type: "aws:cloudwatch/logGroup:LogGroup",
        property: "name",
        takes: /^(?!aws\/)[\w./#-]{1,512}$/,
    },
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
    { type: "aws:cloudwatch/metricAlarm:MetricAlarm", property: "name", takes: /^.{1,255}$/ },
    // https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
    { type: "aws:sns/topic:Topic", property: "name", takes: /^[\w-]{1,256}$/ },
    // https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html
    { type: "eks:index:Cluster", property: "publicAccessCidrs", takes: 40 },
];

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const MAX_TAGS = 50;

function isWithin(takes: Limit["takes"], value: unknown): boolean {
    return typeof takes === "number"
        ? !Array.isArray(value) || value.length <= takes
        : typeof value !== "string" || takes.test(value);
}

/** What AWS would refuse of a resource's names, lists and tags; empty when it takes them. */
export function limitProblems({ type, name, inputs }: CapturedResource): readonly string[] {
    const given = reveal(inputs) as Readonly<Record<string, unknown>>;
    const wrong = LIMITS.filter((limit) => limit.type === type).flatMap(({ property, takes }) => {
        const value = given[property] ?? `${name}-0123456`;
        return isWithin(takes, value)
            ? []
            : [`${type} ${name}: ${property} ${JSON.stringify(value)}`];
    });
    const tags = Object.keys((given.tags as object | undefined) ?? {});
    return tags.length > MAX_TAGS ? [...wrong, `${type} ${name}: ${tags.length} tags`] : wrong;
}
