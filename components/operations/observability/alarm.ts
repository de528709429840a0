import { StoreUse } from "../../backends/store";
import { Settings } from "../../settings/settings";

/**
 * What an alarm is about. A stack has none, one or several of each: cache nodes, search domains and queues are watched
 * one by one, so that the alarm names the culprit.
 */
export type Watched =
    | "broker"
    | "queue"
    | "cache-node"
    | "domain"
    | "cluster"
    | "gateway"
    | "application-load-balancer"
    | "certificate";

/** A metric of CloudWatch; its dimensions are the watched thing's. */
export interface Metric {
    readonly namespace: string;
    readonly name: string;
    readonly statistic: "Minimum" | "Maximum" | "Average" | "Sum";
}

/** What a threshold is computed from. */
export interface Sizes {
    readonly settings: Settings;
    /** Celery processes of the watched queue; 0 for a pool that may have none. */
    readonly processes: number;
    /** Of a broker: whether its queues are watched one by one. */
    readonly perQueue: boolean;
}

/** A threshold that depends on a size, and how, in words. */
export interface ComputedThreshold {
    readonly of: (sizes: Sizes) => number;
    readonly words: string;
}

/** When CloudWatch raises the alarm. */
export interface CloudWatchCondition {
    /** By the ids that `expression` uses; the only one when there is no expression. */
    readonly metrics: Readonly<Record<string, Metric>>;
    /** Metric math over the ids. */
    readonly expression?: string;
    readonly comparison: ">=" | "<=" | "<";
    readonly threshold: number | ComputedThreshold;
    /** Of the threshold, for a reader; empty for a count. */
    readonly unit: "" | "%" | "MiB" | "bytes" | "s" | "days" | "ratio";
    readonly periodSeconds: number;
    /** Consecutive periods that must be beyond the threshold. */
    readonly periods: number;
    /**
     * What periods without data mean: nothing wrong, something wrong, or no news, which leaves the alarm as it is.
     * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
     */
    readonly missing: "notBreaching" | "breaching" | "ignore";
    readonly missingBecause: string;
    /** Where it exists, of the stacks that have what it watches; everywhere when absent. */
    readonly applies?: (sizes: Sizes) => boolean;
}

/** What the expressions of alert rules name. */
export interface PrometheusNames {
    /** Regular expression of the namespaces of the stack. */
    readonly namespaces: string;
    /** Namespace of the services, and of the exporters. */
    readonly services: string;
    /** Namespace of the in-cluster stores. */
    readonly stores: string;
    /** Regular expression of the queues that HySDS consumes. */
    readonly queues: string;
    /** Messages that may wait in each queue whose tasks take seconds. */
    readonly backlogs: readonly { readonly queue: string; readonly messages: number }[];
}

/** When Prometheus raises it. */
export interface PrometheusCondition {
    readonly expression: (names: PrometheusNames) => string;
    /** How long it must hold, as Prometheus writes durations. */
    readonly duration: string;
    /** Where its metrics exist; everywhere when absent. */
    readonly applies?: (settings: Settings) => boolean;
    /** The stores that it reads metrics of, where they are not those that the row is about. */
    readonly reads?: StoreUse;
}

/** One alarm, as data: what is wrong, when, and what to do first. */
export interface AlarmRow {
    /** Kebab case; part of the alarm's name. */
    readonly name: string;
    readonly watched: Watched;
    /** `critical`: work stops or data is at risk; `warning`: it will, if nobody acts. */
    readonly severity: "critical" | "warning";
    readonly meaning: string;
    readonly action: string;
    /** Documentation of the threshold, or of the limit that it keeps away from. */
    readonly source: string;
    readonly cloudwatch?: CloudWatchCondition;
    readonly prometheus?: PrometheusCondition;
}

/** A metric in a namespace, by name and statistic: `of("AWS/ES")("Nodes", "Minimum")`. */
export function metricsOf(
    namespace: string,
): (name: string, statistic: Metric["statistic"]) => Metric {
    return (name, statistic) => ({ namespace, name, statistic });
}

/** The threshold for a stack. */
export function thresholdFor({ threshold }: CloudWatchCondition, sizes: Sizes): number {
    return typeof threshold === "number" ? threshold : threshold.of(sizes);
}
