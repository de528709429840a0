/** What watches a stack, who is told, and where the containers' logs go. */
export interface ObservabilitySettings {
    /**
     * `cloudwatch`: alarms, a dashboard and Container Insights; `prometheus`: exporters, alert rules and a Grafana
     * dashboard for a Prometheus that is there, and CloudWatch alarms for the AWS services beside it.
     */
    readonly monitoring: "none" | "cloudwatch" | "prometheus";
    /** Who is sent every alarm. */
    readonly alarmEmails: readonly string[];
    readonly containerLogs: "none" | "cloudwatch";
    readonly prometheus: PrometheusSettings;
}

/** How the Prometheus that watches the stack finds what it scrapes. */
export interface PrometheusSettings {
    /** `operator`: PodMonitor and PrometheusRule objects; `annotations`: annotated pods, and rules in a ConfigMap. */
    readonly discovery: "operator" | "annotations";
    /** Namespace whose Prometheus pods may scrape. */
    readonly namespace: string;
    /** Labels by which that Prometheus selects PodMonitors and PrometheusRules. */
    readonly labels: Readonly<Record<string, string>>;
}
