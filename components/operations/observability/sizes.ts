import { vcpusOfSize } from "../../settings/limits/instances";

/**
 * Connections that a single RabbitMQ broker of an instance type takes. A cluster takes more, so a share of this number
 * warns in time on either. An unknown type counts as the smallest.
 * https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-resource-hard-limit.html
 */
export function maxBrokerConnections(instanceType: string): number {
    const size = instanceType.split(".").at(-1) ?? "";
    return CONNECTIONS[size] ?? CONNECTIONS.medium;
}

const CONNECTIONS: Readonly<Record<string, number>> & { readonly medium: number } = {
    // https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-defaults.html
    medium: 100,
    large: 5_000,
    xlarge: 10_000,
    "2xlarge": 20_000,
    "4xlarge": 40_000,
    "8xlarge": 80_000,
    "12xlarge": 120_000,
    "16xlarge": 160_000,
};

/** vCPUs of an ElastiCache node type. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html */
export function cacheNodeVcpus(nodeType: string): number {
    return vcpusOfSize(nodeType) ?? 2;
}

/** Data nodes and dedicated masters of a domain, which the metric `Nodes` counts together. */
export function domainNodes(search: {
    readonly instanceCount: number;
    readonly dedicatedMasterCount: number;
}): number {
    return search.instanceCount + search.dedicatedMasterCount;
}

/** Messages that may wait for each Celery process of a queue whose tasks take seconds: some minutes of work. */
export const BACKLOG_OF_A_PROCESS = 200;
