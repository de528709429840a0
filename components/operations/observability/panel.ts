import { Metric, PrometheusNames, Watched } from "./alarm";

/** How a panel's values are written. */
export type Unit = "count" | "percent" | "bytes" | "seconds" | "per-second";

/** A metric of CloudWatch, drawn once for each thing that it is about. */
export interface CloudWatchSeries {
    readonly watched: Watched;
    readonly metric: Metric;
    /** Before the thing's name, where a panel shows several metrics. */
    readonly label?: string;
}

/** A query of Prometheus. */
export interface PrometheusSeries {
    readonly expression: (names: PrometheusNames) => string;
    /** Grafana's template of the legend. */
    readonly legend: string;
}

/** One graph. It appears on the dashboards whose data it has. */
export interface Panel {
    readonly title: string;
    readonly unit: Unit;
    readonly cloudwatch?: readonly CloudWatchSeries[];
    readonly prometheus?: readonly PrometheusSeries[];
    /** CloudWatch Logs Insights query over the containers' logs, without its source. */
    readonly logs?: (names: LogNames) => string;
}

/** What queries over logs name. */
export interface LogNames {
    readonly jobsNamespace: string;
}

/** Graphs below one heading. */
export interface Section {
    readonly title: string;
    readonly panels: readonly Panel[];
}
