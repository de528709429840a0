import { EVENT_LISTS } from "../../../../contract/event-lists";
import { AlarmRow, metricsOf } from "../alarm";
import { BACKLOG_OF_A_PROCESS } from "../sizes";

const mq = metricsOf("AWS/AmazonMQ");

const METRICS =
    "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-logging-monitoring.html";

/** Queues one by one. */
export const QUEUE_ALARMS: readonly AlarmRow[] = [
    {
        name: "queue-without-consumers",
        watched: "queue",
        severity: "critical",
        meaning: "Messages wait in a queue that no worker consumes: they will wait for ever.",
        action: "kubectl get pods of the queue's worker: Pending means that no node takes it, CrashLoopBackOff that its log says why; a worker scaled to zero by hand is started by hysds-ops start.",
        source: METRICS,
        cloudwatch: {
            metrics: {
                ready: mq("MessageReadyCount", "Minimum"),
                consumers: mq("ConsumerCount", "Maximum"),
            },
            expression: "IF(ready > 0 AND consumers < 1, ready, 0)",
            comparison: ">=",
            threshold: 1,
            unit: "",
            periodSeconds: 300,
            // A pool that scales from zero needs a node first, some five minutes.
            periods: 3,
            missing: "notBreaching",
            missingBecause: "a queue exists from the first time that somebody uses it",
        },
        prometheus: {
            expression: ({ stores, queues }) =>
                `rabbitmq_queue_messages_ready{namespace="${stores}",queue=~"${queues}"} > 0 and on (queue) rabbitmq_queue_consumers{namespace="${stores}"} == 0`,
            duration: "15m",
        },
    },
    {
        name: "queue-backlog",
        watched: "queue",
        severity: "warning",
        meaning:
            "Tasks that take seconds wait for minutes: orchestration or rules fall behind, and jobs start late.",
        action: "Look at the queue's workers: CPU at the limit asks for a higher hysds:parallelismPercent; idle workers wait for a slow search cluster, so look at its latency.",
        source: METRICS,
        cloudwatch: {
            metrics: { ready: mq("MessageReadyCount", "Minimum") },
            comparison: ">=",
            threshold: {
                of: ({ processes }) => BACKLOG_OF_A_PROCESS * processes,
                words: `${BACKLOG_OF_A_PROCESS} for each Celery process of the queue`,
            },
            unit: "",
            periodSeconds: 300,
            periods: 3,
            missing: "notBreaching",
            missingBecause: "a queue exists from the first time that somebody uses it",
            applies: ({ processes }) => processes > 0,
        },
        prometheus: {
            expression: ({ stores, backlogs }) =>
                backlogs
                    .map(
                        ({ queue, messages }) =>
                            `rabbitmq_queue_messages_ready{namespace="${stores}",queue="${queue}"} > ${messages}`,
                    )
                    .join(" or "),
            duration: "15m",
        },
    },
    {
        name: "broker-without-consumers",
        watched: "broker",
        severity: "critical",
        meaning: "Messages wait, and RabbitMQ has no consumer at all: HySDS is down.",
        action: "kubectl get pods --all-namespaces --selector app.kubernetes.io/part-of=hysds: nothing runs, or nothing reaches the broker.",
        source: METRICS,
        cloudwatch: {
            metrics: {
                ready: mq("MessageReadyCount", "Minimum"),
                consumers: mq("ConsumerCount", "Maximum"),
            },
            expression: "IF(ready > 0 AND consumers < 1, ready, 0)",
            comparison: ">=",
            threshold: 1,
            unit: "",
            periodSeconds: 300,
            periods: 2,
            missing: "ignore",
            missingBecause: "broker-memory tells of a broker that is silent",
            applies: ({ perQueue }) => !perQueue,
        },
    },
    {
        name: "indexer-backlog",
        watched: "queue",
        severity: "warning",
        meaning:
            "Events pile up in Redis before Logstash: statuses and metrics arrive late, and Redis fills.",
        action: "kubectl logs of mozart-logstash-indexer and metrics-logstash-indexer: rejected writes point at the search cluster.",
        source: "https://github.com/hysds/hysds/blob/develop/hysds/scripts/process_events.py",
        prometheus: {
            expression: ({ services }) =>
                `redis_key_size{namespace="${services}",key=~"${Object.values(EVENT_LISTS).join("|")}"} > 10000`,
            duration: "15m",
            reads: "redis",
        },
    },
];
