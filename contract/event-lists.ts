/**
 * Redis lists that Logstash drains, by what is in them. Their names differ because the two stores may be one server,
 * where whichever indexer came first would take an event, and Mozart's alone knows what to do with a status.
 */
export const EVENT_LISTS = {
    /** States of jobs, tasks and workers, and custom events, on Mozart's store. */
    statuses: "logstash",
    /** Job metrics and instance statistics, on Metrics' store. */
    metrics: "logstash-metrics",
    /** Metrics that SDSWatch clients of other machines read in logs, on Metrics' store. */
    sdswatch: "sdswatch",
} as const;
