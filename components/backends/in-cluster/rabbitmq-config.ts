/** File name, in the configuration directory, of the definitions that RabbitMQ imports at each start. */
export const DEFINITIONS_PATH = "/etc/hysds/definitions.json";

const MILLISECONDS_PER_HOUR = 3_600_000;

export interface RabbitmqConfigArgs {
    /** Longest time between the delivery of a message and its acknowledgement, hours. */
    readonly consumerTimeoutHours: number;
    /** Memory at which publishers are held back, MiB. */
    readonly memoryHighWatermarkMiB: number;
}

/**
 * rabbitmq.conf, without credentials.
 *
 * HySDS acknowledges a job when it ends (`task_acks_late`), so `consumer_timeout` (30 minutes by default) has to be
 * longer than the longest job, or RabbitMQ closes the worker's channel and delivers that job again
 * (https://www.rabbitmq.com/docs/consumers#acknowledgement-timeout).
 *
 * Celery declares classic queues with priorities, remote-control queues that are neither durable nor exclusive, and a
 * prefetch limit per channel. RabbitMQ 4.3 refuses the latter two unless they are permitted by name
 * (https://www.rabbitmq.com/docs/deprecated-features).
 */
export function renderRabbitmqConf(args: RabbitmqConfigArgs): string {
    return [
        "log.console = true",
        "log.console.level = info",
        "log.file = false",
        `load_definitions = ${DEFINITIONS_PATH}`,
        `consumer_timeout = ${args.consumerTimeoutHours * MILLISECONDS_PER_HOUR}`,
        `vm_memory_high_watermark.absolute = ${args.memoryHighWatermarkMiB}MiB`,
        "disk_free_limit.absolute = 256MiB",
        "deprecated_features.permit.transient_nonexcl_queues = true",
        "deprecated_features.permit.global_qos = true",
        "",
    ].join("\n");
}

/**
 * The virtual host and its one user, an administrator because HySDS reads queues over the management API. Imported at
 * every start, unlike RABBITMQ_DEFAULT_PASS, which only the first one reads: a replaced password takes effect. With
 * definitions to import RabbitMQ creates no `guest` (https://www.rabbitmq.com/docs/definitions#import-on-boot).
 *
 * @returns JSON that holds the password: a secret
 */
export function renderDefinitions(username: string, password: string): string {
    return JSON.stringify({
        vhosts: [{ name: "/" }],
        users: [{ name: username, password, tags: "administrator" }],
        permissions: [{ user: username, vhost: "/", configure: ".*", write: ".*", read: ".*" }],
    });
}
