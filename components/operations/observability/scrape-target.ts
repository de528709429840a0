import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Labels, Component, workloadLabels } from "../../../contract/labels";
import { allowIngress } from "../../kubernetes/network-policy";
import { inNamespace } from "../../kubernetes/options";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { PrometheusSettings } from "../../settings/settings";

export interface ScrapeTargetArgs {
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    readonly prometheus: PrometheusSettings;
    readonly component: Component;
    /** Labels of the pods that have metrics. */
    readonly pods: Labels;
    readonly port: number;
    readonly path: string;
}

/**
 * Lets Prometheus scrape pods that are there already: a headless Service for the port, a NetworkPolicy that admits
 * Prometheus's pods and nobody else, and what makes Prometheus find the Service: a ServiceMonitor, or annotations. All
 * beside the pods, so that no pod restarts when monitoring is switched on.
 *
 * Which of the two is a setting, because neither can be seen from here: a ServiceMonitor needs the operator's CRDs in
 * the cluster, and the operator ignores annotations.
 */
export class ScrapeTarget extends pulumi.ComponentResource {
    /** @param service name of the Service, and of the job in Prometheus */
    constructor(service: string, args: ScrapeTargetArgs, opts: pulumi.ComponentResourceOptions) {
        super("hysds:component:ScrapeTarget", service, {}, opts);
        const { namespace, prometheus, pods, port } = args;
        const childOptions = inNamespace(this, args.platform, namespace);
        const labels = workloadLabels(service, args.component);
        const created = new k8s.core.v1.Service(
            service,
            {
                metadata: {
                    name: service,
                    namespace: namespace.name,
                    labels,
                    annotations: prometheus.discovery === "annotations" ? annotations(args) : {},
                },
                spec: {
                    type: "ClusterIP",
                    clusterIP: "None",
                    selector: pods,
                    ports: [{ name: "metrics", port, targetPort: port }],
                },
            },
            childOptions,
        );
        allowIngress(
            service,
            { namespace, pods, ports: [port], from: [scraper(prometheus)] },
            childOptions,
        );
        if (prometheus.discovery === "operator") {
            new k8s.apiextensions.CustomResource(
                `${service}-monitor`,
                serviceMonitor(service, args, labels),
                { ...childOptions, dependsOn: created },
            );
        }
        this.registerOutputs({});
    }
}

/** Pods of Prometheus, by the label that the operator and the charts of its community give them. */
function scraper({ namespace }: PrometheusSettings): { namespace: string; pods: Labels } {
    return { namespace, pods: { "app.kubernetes.io/name": "prometheus" } };
}

/** The convention of the Prometheus chart's scrape configuration for Services. */
function annotations({ port, path }: ScrapeTargetArgs): Record<string, string> {
    return {
        "prometheus.io/scrape": "true",
        "prometheus.io/port": String(port),
        "prometheus.io/path": path,
    };
}

function serviceMonitor(
    name: string,
    { namespace, prometheus, path }: ScrapeTargetArgs,
    labels: Labels,
): k8s.apiextensions.CustomResourceArgs {
    return {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "ServiceMonitor",
        metadata: {
            name,
            namespace: namespace.name,
            labels: { ...labels, ...prometheus.labels },
        },
        spec: {
            jobLabel: "app.kubernetes.io/name",
            selector: { matchLabels: { "app.kubernetes.io/name": name } },
            endpoints: [{ port: "metrics", path, interval: "30s", scrapeTimeout: "20s" }],
        },
    };
}
