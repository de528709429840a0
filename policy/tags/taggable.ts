import * as aws from "@pulumi/aws";

/**
 * The resource types of HySDS stacks that can be tagged, with those that the eks and awsx components make. The OIDC
 * provider is not among them: the eks component does not hand tags on to it
 * (https://github.com/pulumi/pulumi-eks/blob/master/nodejs/eks/cluster/cluster.ts).
 */
export const taggable = [
    aws.cloudwatch.LogGroup,
    aws.cloudwatch.MetricAlarm,
    aws.ec2.DefaultSecurityGroup,
    aws.ec2.Eip,
    aws.ec2.FlowLog,
    aws.ec2.InternetGateway,
    aws.ec2.LaunchTemplate,
    aws.ec2.NatGateway,
    aws.ec2.RouteTable,
    aws.ec2.SecurityGroup,
    aws.ec2.Subnet,
    aws.ec2.Vpc,
    aws.ec2.VpcEndpoint,
    aws.eks.Addon,
    aws.eks.Cluster,
    aws.eks.NodeGroup,
    aws.elasticache.ParameterGroup,
    aws.elasticache.ReplicationGroup,
    aws.elasticache.SubnetGroup,
    aws.elasticsearch.Domain,
    aws.iam.Role,
    aws.kms.Key,
    aws.mq.Broker,
    aws.mq.Configuration,
    aws.opensearch.Domain,
    aws.sns.Topic,
    aws.vpc.SecurityGroupIngressRule,
] as const;
