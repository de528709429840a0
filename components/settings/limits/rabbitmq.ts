/**
 * RabbitMQ versions that Amazon MQ offers and Celery can work with. 4.3 is left out on purpose: it refuses the
 * transient queues that Celery declares for remote control and events.
 * https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-version-management.html
 * https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-43.html
 */
export const rabbitmqVersions = ["3.13", "4.2"] as const;

const sizes = {
    m5: ["large", "xlarge", "2xlarge", "4xlarge"],
    m7g: ["medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"],
} as const;

/**
 * Instance types of RabbitMQ brokers, as `aws mq describe-broker-instance-options --engine-type RABBITMQ` lists them.
 * The mq.t3 types of older brokers are not offered to new ones, and never could be clustered.
 * https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rmq-broker-instance-types.html
 */
export const rabbitmqInstanceTypes: readonly string[] = Object.entries(sizes).flatMap(
    ([family, names]) => names.map((size) => `mq.${family}.${size}`),
);

/** RabbitMQ 4 runs on the m7g family alone. https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-4.html */
export function offersRabbitmq(version: string, instanceType: string): boolean {
    return version === "3.13" || instanceType.startsWith("mq.m7g.");
}

/** Broker nodes of a CLUSTER_MULTI_AZ broker, one in each zone. https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-broker-architecture-cluster.html */
export const brokersInCluster = 3;

/**
 * Most hours of `consumer_timeout`: its limit is 2,147,483,647 ms.
 * https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/configurable-values.html
 */
export const maxConsumerTimeoutHours = 596;

/**
 * Whether Amazon MQ publishes metrics of single queues: for RabbitMQ 4 it no longer does.
 * https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-logging-monitoring.html
 */
export function publishesQueueMetrics(version: string): boolean {
    return version.startsWith("3.");
}

/** Connections that the smallest instance type takes. https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-defaults.html */
export const smallestInstance = { type: "mq.m7g.medium", maxConnections: 100 } as const;

/** A queue whose name needs no escaping in a URL or a file name; `amq.` is RabbitMQ's own. */
export const queueName = /^(?!amq\.)[A-Za-z0-9][A-Za-z0-9._-]{0,126}$/;
