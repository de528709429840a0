import { metricsOf } from "../alarm";
import { GATEWAY_METRICS } from "../aws/gateway-metrics";
import { Section } from "../panel";

const insights = metricsOf("ContainerInsights");
const eks = metricsOf("AWS/EKS");

/** What people notice. */
export const GATEWAY: Section = {
    title: "Gateway",
    panels: [
        {
            title: "Requests and errors (5xx)",
            unit: "count",
            cloudwatch: [
                { watched: "gateway", metric: GATEWAY_METRICS.requests, label: "requests" },
                { watched: "gateway", metric: GATEWAY_METRICS.errors, label: "errors" },
            ],
            prometheus: [
                {
                    expression: ({ services }) =>
                        `sum by (status) (rate(nginx_ingress_controller_requests{exported_namespace="${services}",ingress="gateway"}[5m]))`,
                    legend: "{{status}}",
                },
            ],
        },
        {
            title: "Latency, mean",
            unit: "seconds",
            cloudwatch: [{ watched: "gateway", metric: GATEWAY_METRICS.seconds }],
            prometheus: [
                {
                    expression: ({ services }) =>
                        `sum(rate(nginx_ingress_controller_request_duration_seconds_sum{exported_namespace="${services}",ingress="gateway"}[5m])) / sum(rate(nginx_ingress_controller_request_duration_seconds_count{exported_namespace="${services}",ingress="gateway"}[5m]))`,
                    legend: "mean",
                },
            ],
        },
    ],
};

/** What everything runs on. */
export const CLUSTER: Section = {
    title: "Pods and nodes",
    panels: [
        {
            title: "Pods that wait for a node",
            unit: "count",
            cloudwatch: [
                { watched: "cluster", metric: eks("scheduler_pending_pods_UNSCHEDULABLE", "Sum") },
            ],
            prometheus: [
                {
                    expression: ({ namespaces }) =>
                        `sum by (namespace) (kube_pod_status_phase{namespace=~"${namespaces}",phase="Pending"})`,
                    legend: "{{namespace}}",
                },
            ],
        },
        {
            title: "Containers that do not start, or end again and again",
            unit: "count",
            cloudwatch: [
                {
                    watched: "cluster",
                    metric: insights(
                        "pod_container_status_waiting_reason_crash_loop_back_off",
                        "Sum",
                    ),
                    label: "crash loop",
                },
                {
                    watched: "cluster",
                    metric: insights("pod_container_status_waiting_reason_image_pull_error", "Sum"),
                    label: "image missing",
                },
            ],
            prometheus: [
                {
                    expression: ({ namespaces }) =>
                        `sum by (namespace, pod) (increase(kube_pod_container_status_restarts_total{namespace=~"${namespaces}"}[15m])) > 0`,
                    legend: "{{namespace}}/{{pod}}",
                },
            ],
        },
        {
            title: "Nodes",
            unit: "count",
            cloudwatch: [
                {
                    watched: "cluster",
                    metric: insights("cluster_node_count", "Maximum"),
                    label: "all",
                },
                {
                    watched: "cluster",
                    metric: insights("cluster_failed_node_count", "Maximum"),
                    label: "failed",
                },
            ],
            prometheus: [
                {
                    expression: () =>
                        'sum(kube_node_status_condition{condition="Ready",status="true"})',
                    legend: "ready",
                },
                { expression: () => "count(kube_node_info)", legend: "all" },
            ],
        },
        {
            title: "Fullest node",
            unit: "percent",
            cloudwatch: [
                {
                    watched: "cluster",
                    metric: insights("node_memory_utilization", "Maximum"),
                    label: "memory",
                },
                {
                    watched: "cluster",
                    metric: insights("node_filesystem_utilization", "Maximum"),
                    label: "disk",
                },
                {
                    watched: "cluster",
                    metric: insights("node_cpu_utilization", "Maximum"),
                    label: "CPU",
                },
            ],
            prometheus: [
                {
                    expression: () =>
                        "100 * max(1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)",
                    legend: "memory",
                },
                {
                    expression: () =>
                        '100 * max(1 - node_filesystem_avail_bytes{mountpoint="/"} / node_filesystem_size_bytes)',
                    legend: "disk",
                },
            ],
        },
    ],
};
