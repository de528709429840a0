import { AlarmRow, metricsOf, Sizes } from "../alarm";

const insights = metricsOf("ContainerInsights");
const eks = metricsOf("AWS/EKS");

const RECOMMENDED =
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html";
const INSIGHTS =
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-enhanced-EKS.html";

/** With Prometheus it is kube-state-metrics that tells of pods and nodes. */
const hasInsights = ({ settings }: Sizes): boolean =>
    settings.observability.monitoring === "cloudwatch";

const AGENT_ABSENT = "without nodes, or while the agent is replaced, nobody reports";

/** Pods and nodes. */
export const CLUSTER_ALARMS: readonly AlarmRow[] = [
    {
        name: "pods-unschedulable",
        watched: "cluster",
        severity: "warning",
        meaning: "Pods wait for a node that takes them.",
        action: "kubectl describe pod: too little CPU or memory asks for more nodes (serviceNodeMaxSize and jobNodeMaxSize under an autoscaler, serviceNodeMinSize and jobNodeMinSize without one); with spot capacity, for more jobNodeInstanceTypes.",
        source: "https://docs.aws.amazon.com/eks/latest/userguide/cloudwatch.html",
        cloudwatch: {
            metrics: { pods: eks("scheduler_pending_pods_UNSCHEDULABLE", "Sum") },
            comparison: ">=",
            threshold: 1,
            unit: "",
            // A node takes some five minutes to come.
            periodSeconds: 60,
            periods: 15,
            missing: "ignore",
            missingBecause: "a gap in what the control plane reports tells nothing of pods",
            applies: hasInsights,
        },
        prometheus: {
            expression: ({ namespaces }) =>
                `kube_pod_status_phase{namespace=~"${namespaces}",phase="Pending"} == 1`,
            duration: "15m",
        },
    },
    {
        name: "pods-crash-looping",
        watched: "cluster",
        severity: "critical",
        meaning: "A container ends again and again.",
        action: "kubectl get pods --all-namespaces, then kubectl logs --previous of the one in CrashLoopBackOff.",
        source: INSIGHTS,
        cloudwatch: {
            metrics: {
                containers: insights(
                    "pod_container_status_waiting_reason_crash_loop_back_off",
                    "Maximum",
                ),
            },
            comparison: ">=",
            threshold: 1,
            unit: "",
            periodSeconds: 300,
            periods: 3,
            missing: "notBreaching",
            missingBecause: AGENT_ABSENT,
            applies: hasInsights,
        },
        prometheus: {
            expression: ({ namespaces }) =>
                `increase(kube_pod_container_status_restarts_total{namespace=~"${namespaces}"}[15m]) > 3`,
            duration: "0m",
        },
    },
    {
        name: "pods-image-missing",
        watched: "cluster",
        severity: "critical",
        meaning: "A node cannot pull an image.",
        action: "kubectl describe pod says which: a tag that is not in hysds:imageRegistry, or a registry that the nodes may not read.",
        source: INSIGHTS,
        cloudwatch: {
            metrics: {
                containers: insights(
                    "pod_container_status_waiting_reason_image_pull_error",
                    "Maximum",
                ),
            },
            comparison: ">=",
            threshold: 1,
            unit: "",
            periodSeconds: 300,
            periods: 3,
            missing: "notBreaching",
            missingBecause: AGENT_ABSENT,
            applies: hasInsights,
        },
        prometheus: {
            expression: ({ namespaces }) =>
                `kube_pod_container_status_waiting_reason{namespace=~"${namespaces}",reason=~"ErrImagePull|ImagePullBackOff|InvalidImageName"} == 1`,
            duration: "15m",
        },
    },
    {
        name: "nodes-failed",
        watched: "cluster",
        severity: "critical",
        meaning: "A node is not ready, or says that it is short of memory, disk or processes.",
        action: "kubectl describe node; a node that does not come back is replaced by terminating its instance.",
        source: INSIGHTS,
        cloudwatch: {
            metrics: { nodes: insights("cluster_failed_node_count", "Maximum") },
            comparison: ">=",
            threshold: 1,
            unit: "",
            periodSeconds: 300,
            periods: 2,
            missing: "notBreaching",
            missingBecause: AGENT_ABSENT,
            applies: hasInsights,
        },
        prometheus: {
            expression: () =>
                'kube_node_status_condition{condition="Ready",status="true"} == 0 or kube_node_status_condition{condition=~"DiskPressure|MemoryPressure|PIDPressure",status="true"} == 1',
            duration: "10m",
        },
    },
    {
        name: "nodes-disk",
        watched: "cluster",
        severity: "warning",
        meaning:
            "The disk of a node fills; at 85% the kubelet begins to delete images and evict pods.",
        action: "kubectl debug node: /data/work of a job that leaves files behind, or images of many PGEs. More disk: serviceNodeDiskGiB, jobNodeDiskGiB.",
        source: RECOMMENDED,
        cloudwatch: {
            metrics: { disk: insights("node_filesystem_utilization", "Maximum") },
            comparison: ">=",
            threshold: 80,
            unit: "%",
            periodSeconds: 60,
            periods: 5,
            missing: "notBreaching",
            missingBecause: AGENT_ABSENT,
            applies: hasInsights,
        },
    },
    {
        name: "nodes-memory",
        watched: "cluster",
        severity: "warning",
        meaning:
            "A node has little memory left. AWS recommends 80%, which job nodes pass in health.",
        action: "kubectl top pods: the pod that grew needs a higher request, so that it gets a node with room.",
        source: RECOMMENDED,
        cloudwatch: {
            metrics: { memory: insights("node_memory_utilization", "Maximum") },
            comparison: ">=",
            threshold: 90,
            unit: "%",
            periodSeconds: 60,
            periods: 15,
            missing: "notBreaching",
            missingBecause: AGENT_ABSENT,
            applies: hasInsights,
        },
    },
];
