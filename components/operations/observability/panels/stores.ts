import { metricsOf } from "../alarm";
import { Section } from "../panel";

const mq = metricsOf("AWS/AmazonMQ");
const cache = metricsOf("AWS/ElastiCache");
const es = metricsOf("AWS/ES");

/** RabbitMQ. */
export const BROKER: Section = {
    title: "RabbitMQ",
    panels: [
        {
            title: "Memory",
            unit: "bytes",
            cloudwatch: [
                { watched: "broker", metric: mq("RabbitMQMemUsed", "Maximum"), label: "used" },
                { watched: "broker", metric: mq("RabbitMQMemLimit", "Minimum"), label: "limit" },
            ],
            prometheus: [
                {
                    expression: ({ stores }) =>
                        `rabbitmq_process_resident_memory_bytes{namespace="${stores}"}`,
                    legend: "used",
                },
                {
                    expression: ({ stores }) =>
                        `rabbitmq_resident_memory_limit_bytes{namespace="${stores}"}`,
                    legend: "limit",
                },
            ],
        },
        {
            title: "Free disk",
            unit: "bytes",
            cloudwatch: [
                { watched: "broker", metric: mq("RabbitMQDiskFree", "Minimum"), label: "free" },
                {
                    watched: "broker",
                    metric: mq("RabbitMQDiskFreeLimit", "Maximum"),
                    label: "limit",
                },
            ],
            prometheus: [
                {
                    expression: ({ stores }) =>
                        `rabbitmq_disk_space_available_bytes{namespace="${stores}"}`,
                    legend: "free",
                },
                {
                    expression: ({ stores }) =>
                        `rabbitmq_disk_space_available_limit_bytes{namespace="${stores}"}`,
                    legend: "limit",
                },
            ],
        },
        {
            title: "Connections",
            unit: "count",
            cloudwatch: [{ watched: "broker", metric: mq("ConnectionCount", "Maximum") }],
            prometheus: [
                {
                    expression: ({ stores }) => `sum(rabbitmq_connections{namespace="${stores}"})`,
                    legend: "connections",
                },
            ],
        },
    ],
};

/** Redis and Valkey. */
export const REDIS: Section = {
    title: "Redis",
    panels: [
        {
            title: "Memory",
            unit: "percent",
            cloudwatch: [
                {
                    watched: "cache-node",
                    metric: cache("DatabaseMemoryUsagePercentage", "Maximum"),
                },
            ],
            prometheus: [
                {
                    expression: ({ services }) =>
                        `100 * redis_memory_used_bytes{namespace="${services}"} / (redis_memory_max_bytes > 0)`,
                    legend: "{{instance}}",
                },
            ],
        },
        {
            title: "Evictions",
            unit: "count",
            cloudwatch: [{ watched: "cache-node", metric: cache("Evictions", "Sum") }],
            prometheus: [
                {
                    expression: ({ services }) =>
                        `increase(redis_evicted_keys_total{namespace="${services}"}[5m])`,
                    legend: "{{instance}}",
                },
            ],
        },
        {
            title: "Connections",
            unit: "count",
            cloudwatch: [{ watched: "cache-node", metric: cache("CurrConnections", "Maximum") }],
            prometheus: [
                {
                    expression: ({ services }) =>
                        `redis_connected_clients{namespace="${services}"}`,
                    legend: "{{instance}}",
                },
            ],
        },
    ],
};

/** Elasticsearch and OpenSearch. */
export const SEARCH: Section = {
    title: "Search",
    panels: [
        {
            title: "Health (1: red or yellow)",
            unit: "count",
            cloudwatch: [
                { watched: "domain", metric: es("ClusterStatus.red", "Maximum"), label: "red" },
                {
                    watched: "domain",
                    metric: es("ClusterStatus.yellow", "Maximum"),
                    label: "yellow",
                },
            ],
            prometheus: [
                {
                    expression: ({ services }) =>
                        `elasticsearch_cluster_health_status{namespace="${services}",color=~"red|yellow"}`,
                    legend: "{{instance}} {{color}}",
                },
            ],
        },
        {
            title: "Free storage of the fullest node",
            unit: "bytes",
            // In MiB.
            cloudwatch: [{ watched: "domain", metric: es("FreeStorageSpace", "Minimum") }],
            prometheus: [
                {
                    expression: ({ services }) =>
                        `min by (instance) (elasticsearch_filesystem_data_available_bytes{namespace="${services}"})`,
                    legend: "{{instance}}",
                },
            ],
        },
        {
            title: "JVM heap",
            unit: "percent",
            cloudwatch: [{ watched: "domain", metric: es("JVMMemoryPressure", "Maximum") }],
            prometheus: [
                {
                    expression: ({ services }) =>
                        `100 * elasticsearch_jvm_memory_used_bytes{namespace="${services}",area="heap"} / elasticsearch_jvm_memory_max_bytes`,
                    legend: "{{instance}} {{name}}",
                },
            ],
        },
    ],
};
