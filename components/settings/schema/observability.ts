import { z } from "zod";
import { key } from "./key";

/** Keys about metrics, alarms and logs. */
export const observabilityKeys = {
    monitoring: key(z.enum(["none", "cloudwatch", "prometheus"]), {
        group: "Observability",
        default: "none",
        description:
            "What watches the stack: CloudWatch with alarms, a dashboard and Container Insights, or exporters, alert rules and a Grafana dashboard for a Prometheus that is there.",
    }),
    alarmEmails: key(z.array(z.email()), {
        group: "Observability",
        default: [],
        description:
            "Who is sent the alarms of CloudWatch. Each address confirms its subscription by a link that AWS mails to it.",
        allowed: "e-mail addresses, each once",
        example: "hysds-operations@example.org",
        scope: "aws",
    }),
    containerLogs: key(z.enum(["none", "cloudwatch"]), {
        group: "Observability",
        default: "none",
        description:
            "Where the logs of containers go beside the nodes, which forget them: CloudWatch Logs keeps them for logRetentionDays.",
        scope: "aws",
    }),
    prometheusDiscovery: key(z.enum(["operator", "annotations"]), {
        group: "Observability",
        default: "operator",
        description:
            "How Prometheus finds what it scrapes: PodMonitor and PrometheusRule objects of the Prometheus operator, which must be there, or annotations of the pods and a ConfigMap with the rules.",
    }),
    prometheusNamespace: key(z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/), {
        group: "Observability",
        default: "monitoring",
        description:
            "Namespace of Prometheus. Its pods with the label app.kubernetes.io/name=prometheus may scrape, and nobody else.",
        allowed: "an RFC 1123 label",
    }),
    prometheusLabels: key(
        z.record(
            z.string().regex(/^([a-z0-9][-a-z0-9.]{0,251}\/)?[A-Za-z0-9][-\w.]{0,61}[A-Za-z0-9]$/),
            z.string().regex(/^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/),
        ),
        {
            group: "Observability",
            default: {},
            description:
                "Labels by which Prometheus selects PodMonitors and PrometheusRules; release=<name> for a kube-prometheus-stack of that name.",
            allowed: "Kubernetes labels",
        },
    ),
};
