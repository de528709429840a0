import { AlarmRow, metricsOf } from "../alarm";
import { maxBrokerConnections } from "../sizes";

const mq = metricsOf("AWS/AmazonMQ");

const METRICS =
    "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-logging-monitoring.html";
const MEMORY =
    "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/troubleshooting-action-required-codes-rabbitmq-memory-alarm.html";
const DISK =
    "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/troubleshooting-action-required-codes-rabbitmq-disk-alarm.html";
const LIMITS =
    "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-resource-hard-limit.html";

const REPORTS_EACH_MINUTE = "a broker that lives reports each minute: silence is an outage";

/** RabbitMQ as a whole. */
export const BROKER_ALARMS: readonly AlarmRow[] = [
    {
        name: "broker-memory",
        watched: "broker",
        severity: "critical",
        meaning:
            "RabbitMQ nears its memory limit, at which it blocks every publisher: no job is submitted any more.",
        action: "hysds-ops status: find the queue that grows, and give it workers; if all queues are short, close idle connections or take a larger hysds:rabbitmqInstanceType.",
        source: MEMORY,
        cloudwatch: {
            metrics: {
                used: mq("RabbitMQMemUsed", "Maximum"),
                limit: mq("RabbitMQMemLimit", "Minimum"),
            },
            expression: "100 * used / limit",
            comparison: ">=",
            threshold: 80,
            unit: "%",
            periodSeconds: 300,
            periods: 3,
            missing: "breaching",
            missingBecause: REPORTS_EACH_MINUTE,
        },
        prometheus: {
            expression: ({ stores }) =>
                `rabbitmq_process_resident_memory_bytes{namespace="${stores}"} / rabbitmq_resident_memory_limit_bytes > 0.8`,
            duration: "15m",
        },
    },
    {
        name: "broker-disk",
        watched: "broker",
        severity: "critical",
        meaning:
            "Free disk of RabbitMQ is down to twice the limit below which it blocks every publisher.",
        action: "hysds-ops status: give the longest queue workers, or purge what nobody needs; then look for messages larger than a few KiB.",
        source: DISK,
        cloudwatch: {
            metrics: {
                free: mq("RabbitMQDiskFree", "Minimum"),
                limit: mq("RabbitMQDiskFreeLimit", "Maximum"),
            },
            expression: "free / limit",
            comparison: "<=",
            threshold: 2,
            unit: "ratio",
            periodSeconds: 300,
            periods: 2,
            missing: "breaching",
            missingBecause: REPORTS_EACH_MINUTE,
        },
        prometheus: {
            expression: ({ stores }) =>
                `rabbitmq_disk_space_available_bytes{namespace="${stores}"} / rabbitmq_disk_space_available_limit_bytes < 2`,
            duration: "10m",
        },
    },
    {
        name: "broker-connections",
        watched: "broker",
        severity: "warning",
        meaning:
            "RabbitMQ nears the most connections that its instance type takes; more are refused.",
        action: "kubectl get pods --all-namespaces: look for workers in a crash loop, which leave connections behind; otherwise lower hysds:parallelismPercent or take a larger hysds:rabbitmqInstanceType.",
        source: LIMITS,
        cloudwatch: {
            metrics: { connections: mq("ConnectionCount", "Maximum") },
            comparison: ">=",
            threshold: {
                of: ({ settings }) =>
                    0.8 * maxBrokerConnections(settings.backends.rabbitmq.instanceType),
                words: "80% of the connections of `rabbitmqInstanceType`",
            },
            unit: "",
            periodSeconds: 300,
            periods: 3,
            missing: "ignore",
            missingBecause: "broker-memory tells of a broker that is silent",
        },
        prometheus: {
            expression: ({ stores }) =>
                `rabbitmq_process_open_fds{namespace="${stores}"} / rabbitmq_process_max_fds > 0.8`,
            duration: "15m",
        },
    },
    {
        name: "broker-cpu",
        watched: "broker",
        severity: "warning",
        meaning: "RabbitMQ is short of CPU: publishing and delivering slow down.",
        action: "Look at the publish rate of the dashboard: a loop of rules that submit jobs shows there. If the load is real, take a larger hysds:rabbitmqInstanceType.",
        source: METRICS,
        cloudwatch: {
            metrics: { cpu: mq("SystemCpuUtilization", "Average") },
            comparison: ">=",
            threshold: 80,
            unit: "%",
            periodSeconds: 300,
            periods: 6,
            missing: "ignore",
            missingBecause: "broker-memory tells of a broker that is silent",
        },
    },
];
