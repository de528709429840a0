import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Backends } from "../../backends/backends";
import { Hysds } from "../../hysds";
import { queues, services } from "../../hysds/catalog/workload";
import { selectorLabels, workloadLabels } from "../../../contract/labels";
import { inNamespace } from "../../kubernetes/options";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";
import { PrometheusNames } from "./alarm";
import { Exporter } from "./exporter";
import { exporterProgram } from "./exporter-programs";
import { grafanaDashboard } from "./grafana-dashboard";
import { SECTIONS } from "./panels";
import { alertRules, renderRules, RuleGroups } from "./prometheus-rules";
import { ScrapeTarget } from "./scrape-target";
import { BACKLOG_OF_A_PROCESS } from "./sizes";

export interface PrometheusArgs {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly backends: Backends;
    readonly hysds: Hysds;
}

const LABELS = workloadLabels("observability", "monitoring");

/**
 * What a Prometheus and a Grafana that are there need of a stack: exporters of Redis and search, access to the metrics
 * that Flower (tasks and workers) and the in-cluster RabbitMQ (queues) have by themselves, alert rules, and a dashboard
 * for Grafana's sidecar.
 *
 * Celery has no exporter of its own here: the published ones lack msgpack, in which HySDS writes its events, and Flower
 * has it.
 */
export class Prometheus extends pulumi.ComponentResource {
    private readonly services: HysdsNamespace;

    constructor(
        name: string,
        private readonly args: PrometheusArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:Prometheus", name, {}, opts);
        const { settings, hysds } = args;
        this.services = hysds.namespaces.services;
        const names = prometheusNames(settings, hysds);
        this.createExporters();
        this.createTargets();
        this.createRules(alertRules(settings, args.backends.stores, names));
        this.createDashboard(names);
        this.registerOutputs({});
    }

    private createExporters(): void {
        const { platform, backends, settings } = this.args;
        for (const store of backends.stores) {
            const program = exporterProgram(store, settings.images);
            if (program) {
                new Exporter(
                    `${store.metrics.exporter?.name}-exporter`,
                    {
                        platform,
                        namespace: this.services,
                        prometheus: settings.observability.prometheus,
                        program,
                        dependsOn: backends.ready,
                    },
                    { parent: this },
                );
            }
        }
    }

    private createTargets(): void {
        const { platform, settings, hysds, backends } = this.args;
        const { prometheus } = settings.observability;
        for (const { name, component, port, metricsPath } of services(hysds.workloads)) {
            if (metricsPath !== undefined) {
                const pods = selectorLabels(name, component);
                const target = { namespace: this.services, component, pods, port };
                new ScrapeTarget(
                    `${name}-metrics`,
                    { platform, prometheus, ...target, path: metricsPath },
                    { parent: this },
                );
            }
        }
        for (const { metrics } of backends.stores) {
            if (metrics.own) {
                const { service, ...target } = metrics.own;
                new ScrapeTarget(
                    service,
                    { platform, prometheus, component: "stores", ...target },
                    { parent: this },
                );
            }
        }
    }

    private createRules(rules: RuleGroups): void {
        const { platform, settings } = this.args;
        const { discovery, labels } = settings.observability.prometheus;
        const childOptions = inNamespace(this, platform, this.services);
        const name = "hysds-alerts";
        if (discovery === "operator") {
            new k8s.apiextensions.CustomResource(
                name,
                {
                    apiVersion: "monitoring.coreos.com/v1",
                    kind: "PrometheusRule",
                    metadata: {
                        name,
                        namespace: this.services.name,
                        labels: { ...LABELS, ...labels },
                    },
                    spec: rules,
                },
                childOptions,
            );
            return;
        }
        new k8s.core.v1.ConfigMap(
            name,
            {
                metadata: {
                    name,
                    namespace: this.services.name,
                    labels: { ...LABELS, ...labels },
                },
                data: { "hysds.rules.yaml": renderRules(rules) },
            },
            childOptions,
        );
    }

    /** Found by the sidecar of Grafana's chart, by this label (https://github.com/grafana/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards). */
    private createDashboard(names: PrometheusNames): void {
        const { platform, settings } = this.args;
        const name = "hysds-grafana-dashboard";
        new k8s.core.v1.ConfigMap(
            name,
            {
                metadata: {
                    name,
                    namespace: this.services.name,
                    labels: { ...LABELS, grafana_dashboard: "1" },
                },
                data: {
                    "hysds.json": grafanaDashboard({
                        uid: settings.namePrefix,
                        title: `HySDS ${settings.hysds.venue}`,
                        names,
                        sections: SECTIONS,
                    }),
                },
            },
            inNamespace(this, platform, this.services),
        );
    }
}

/** What the expressions of a stack name. */
export function prometheusNames(
    { hysds }: Settings,
    { workloads }: Pick<Hysds, "workloads">,
): PrometheusNames {
    const specs = queues(workloads);
    const { namespace, jobsNamespace, storesNamespace } = hysds;
    return {
        namespaces: [namespace, jobsNamespace, storesNamespace].join("|"),
        services: namespace,
        stores: storesNamespace,
        queues: specs.map(({ queue }) => queue).join("|"),
        backlogs: specs
            .filter((spec) => !spec.jobs)
            .map(({ queue, layout }) => ({
                queue,
                messages: BACKLOG_OF_A_PROCESS * layout.replicas * layout.processesPerPod,
            })),
    };
}
