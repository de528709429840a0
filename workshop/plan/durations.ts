/** What most resources take: one call. */
const OTHERS = 5 / 60;

/**
 * Minutes that creating a resource takes, where they are more than moments. They differ by region and day; what counts
 * is which is longest. Managed services: what AWS's guides say of a new one, or what acceptance tests of
 * hashicorp/terraform-provider-aws needed; EKS: measured over 21 regions, 13 to 17 minutes
 * (https://easontechtalk.com/unofficial-eks-cluster-creation-performance-across-aws-regions). Pods: seen on a real node,
 * an image's pull included.
 */
const MINUTES: Readonly<Record<string, number>> = {
    // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/gsgcreate-domain.html: 15 to 30.
    "aws:opensearch/domain:Domain": 25,
    "aws:elasticsearch/domain:Domain": 25,
    // https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/getting-started-rabbitmq.html
    "aws:mq/broker:Broker": 15,
    // https://github.com/hashicorp/terraform/pull/8275: 395 seconds for one node; a group waits for its replicas.
    "aws:elasticache/replicationGroup:ReplicationGroup": 10,
    "aws:eks/cluster:Cluster": 15,
    "eks:index:Cluster": 15,
    "aws:eks/nodeGroup:NodeGroup": 3,
    "aws:eks/addon:Addon": 1,
    // Its NAT gateways.
    "awsx:ec2:Vpc": 3,
    "aws:ec2/natGateway:NatGateway": 2,
    "aws:ec2/vpcEndpoint:VpcEndpoint": 2,
    "kubernetes:apps/v1:StatefulSet": 1,
    "kubernetes:apps/v1:Deployment": 1,
    "kubernetes:batch/v1:Job": 1,
    "kubernetes:helm.sh/v3:Release": 2,
};

/** Minutes that creating a resource of this type takes, roughly. */
export function minutesToCreate({ type }: { readonly type: string }): number {
    return MINUTES[type] ?? OTHERS;
}
