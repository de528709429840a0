import { EVENT_LISTS } from "../../../../contract/event-lists";
import { metricsOf } from "../alarm";
import { Section } from "../panel";

const mq = metricsOf("AWS/AmazonMQ");

const JOB_TASK = "hysds.job_worker.run_job";

/** Celery's own lines of a job: `Task hysds.job_worker.run_job[<id>] succeeded in …`. */
const JOB_STATES = String.raw`parse log /Task hysds\.job_worker\.run_job\[[^\]]+\] (?<state>received|succeeded|raised|retry)/
| filter ispresent(state)
| stats count(*) as jobs by bin(5m), state`;

/** Queues, jobs and workers. */
export const WORK: Section = {
    title: "Queues and jobs",
    panels: [
        {
            title: "Messages that wait",
            unit: "count",
            cloudwatch: [{ watched: "queue", metric: mq("MessageReadyCount", "Maximum") }],
            prometheus: [
                {
                    expression: ({ stores, queues }) =>
                        `rabbitmq_queue_messages_ready{namespace="${stores}",queue=~"${queues}"}`,
                    legend: "{{queue}}",
                },
            ],
        },
        {
            title: "Messages under way",
            unit: "count",
            cloudwatch: [{ watched: "queue", metric: mq("MessageUnacknowledgedCount", "Maximum") }],
            prometheus: [
                {
                    expression: ({ stores, queues }) =>
                        `rabbitmq_queue_messages_unacked{namespace="${stores}",queue=~"${queues}"}`,
                    legend: "{{queue}}",
                },
            ],
        },
        {
            title: "Consumers",
            unit: "count",
            cloudwatch: [{ watched: "queue", metric: mq("ConsumerCount", "Minimum") }],
            prometheus: [
                {
                    expression: ({ stores, queues }) =>
                        `rabbitmq_queue_consumers{namespace="${stores}",queue=~"${queues}"}`,
                    legend: "{{queue}}",
                },
            ],
        },
        {
            title: "States of jobs",
            unit: "count",
            logs: ({ jobsNamespace }) =>
                `filter kubernetes.namespace_name = "${jobsNamespace}"\n| ${JOB_STATES}`,
            prometheus: [
                {
                    expression: ({ services }) =>
                        `sum by (type) (increase(flower_events_total{namespace="${services}",task="${JOB_TASK}",type=~"task-.*"}[5m]))`,
                    legend: "{{type}}",
                },
            ],
        },
        {
            title: "Tasks",
            unit: "per-second",
            cloudwatch: [
                { watched: "broker", metric: mq("PublishRate", "Average"), label: "published" },
                { watched: "broker", metric: mq("AckRate", "Average"), label: "acknowledged" },
            ],
            prometheus: [
                {
                    expression: ({ services }) =>
                        `sum by (task) (rate(flower_events_total{namespace="${services}",type="task-succeeded"}[5m]))`,
                    legend: "{{task}}",
                },
            ],
        },
        {
            title: "Workers",
            unit: "count",
            cloudwatch: [{ watched: "broker", metric: mq("ConsumerCount", "Minimum") }],
            prometheus: [
                {
                    expression: ({ services }) =>
                        `sum(flower_worker_online{namespace="${services}"})`,
                    legend: "online",
                },
                {
                    expression: ({ services }) =>
                        `sum(flower_worker_number_of_currently_executing_tasks{namespace="${services}"})`,
                    legend: "tasks under way",
                },
            ],
        },
        {
            title: "Run time of tasks, 95th percentile",
            unit: "seconds",
            prometheus: [
                {
                    expression: ({ services }) =>
                        `histogram_quantile(0.95, sum by (le, task) (rate(flower_task_runtime_seconds_bucket{namespace="${services}"}[15m])))`,
                    legend: "{{task}}",
                },
            ],
        },
        {
            title: "Events before the indexers",
            unit: "count",
            prometheus: [
                {
                    expression: ({ services }) =>
                        `redis_key_size{namespace="${services}",key=~"${Object.values(EVENT_LISTS).join("|")}"}`,
                    legend: "{{instance}} {{key}}",
                },
            ],
        },
    ],
};
