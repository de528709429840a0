import { z } from "zod";
import { Fields, fields } from "../fields";
import { key, topicKeys } from "../key";
import { dnsLabel, labelName, labelValue } from "../limits/kubernetes-names";
import { distinct, refuse, Rule, set } from "../rule";
import type { Values } from "../schema";
import type { Settings } from "../settings";
import { ON_AWS } from "./general";

const PROMETHEUS = { monitoring: "prometheus" } as const;

/** Keys about metrics, alarms and logs. */
export const keys = topicKeys("Observability", {
    monitoring: key(z.enum(["none", "cloudwatch", "prometheus"]), {
        default: "none",
        description:
            "What watches the stack: CloudWatch with alarms, a dashboard and Container Insights, or exporters, alert rules and a Grafana dashboard for a Prometheus that is there.",
    }),
    alarmEmails: key(z.array(z.email()), {
        default: [],
        description:
            "Who is sent the alarms of CloudWatch. Each address confirms its subscription by a link that AWS mails to it.",
        allowed: "e-mail addresses, each once",
        example: "hysds-operations@example.org",
        requires: { ...ON_AWS, monitoring: ["cloudwatch", "prometheus"] },
    }),
    containerLogs: key(z.enum(["none", "cloudwatch"]), {
        default: "none",
        description:
            "Where the logs of containers go beside the nodes, which forget them: CloudWatch Logs keeps them for logRetentionDays.",
        requires: ON_AWS,
    }),
    prometheusDiscovery: key(z.enum(["operator", "annotations"]), {
        default: "operator",
        description:
            "How Prometheus finds what it scrapes: ServiceMonitor and PrometheusRule objects of the Prometheus operator, which must be there, or annotations of the pods and a ConfigMap with the rules.",
        requires: PROMETHEUS,
    }),
    prometheusNamespace: key(z.string().regex(dnsLabel), {
        default: "monitoring",
        description:
            "Namespace of Prometheus. Its pods with the label app.kubernetes.io/name=prometheus may scrape, and nobody else.",
        allowed: "an RFC 1123 label",
        requires: PROMETHEUS,
    }),
    prometheusLabels: key(z.record(z.string().regex(labelName), z.string().regex(labelValue)), {
        default: {},
        description:
            "Labels by which Prometheus selects ServiceMonitors and PrometheusRules; release=<name> for a kube-prometheus-stack of that name.",
        allowed: "Kubernetes labels",
        requires: { ...PROMETHEUS, prometheusDiscovery: "operator" },
    }),
});

/** Rules about metrics, alarms and logs. */
export const rules: readonly Rule[] = [
    refuse(
        "cloudwatch-needs-aws",
        ["monitoring", "platform"],
        ({ monitoring, platform }) => monitoring === "cloudwatch" && platform !== "aws",
        {
            at: "monitoring",
            reason: "CloudWatch watches what platform aws creates",
            allowed: "none, prometheus",
            fixes: [set("monitoring", "prometheus")],
        },
    ),
    distinct("alarmEmails"),
];

/** How the Prometheus that watches the stack finds what it scrapes; its pods are those of `namespace`. */
export type PrometheusSettings = Fields<"prometheus", typeof keys>;

/** What watches a stack, who is told, and where the containers' logs go. */
export interface ObservabilitySettings extends Pick<
    Values,
    "monitoring" | "alarmEmails" | "containerLogs"
> {
    readonly prometheus: PrometheusSettings;
}

/** What watches the stack, as its keys have it. */
export function observabilitySettings(values: Values): ObservabilitySettings {
    const { monitoring, alarmEmails, containerLogs } = values;
    const prometheus = fields(values, "prometheus", keys);
    return { monitoring, alarmEmails, containerLogs, prometheus };
}

/** What is allowed of observability and still worth a second thought. */
export function advice({ platform, observability }: Settings): readonly string[] {
    const { monitoring, alarmEmails } = observability;
    return platform.kind === "aws" && monitoring !== "none" && alarmEmails.length === 0
        ? [
              "Alarms are sent to nobody: pulumi config set --path 'hysds:alarmEmails[0]' <address>, or subscribe to the topic of output alarmTopic",
          ]
        : [];
}
