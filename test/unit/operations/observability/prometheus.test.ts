import { PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { beforeAll, describe, expect, it } from "vitest";
import { Inputs, Stack } from "./support";

const SERVICE = "kubernetes:core/v1:Service";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SECRET = "kubernetes:core/v1:Secret";
const MONITOR = "kubernetes:monitoring.coreos.com/v1:ServiceMonitor";
const RULE = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";

interface Metadata {
    readonly name: string;
    readonly labels: Record<string, string>;
    readonly annotations?: Record<string, string>;
}

const metadataOf = (inputs: Inputs): Metadata => inputs.metadata as Metadata;

/** Services behind which something has metrics. */
function targets(stack: Stack): readonly Inputs[] {
    return stack
        .ofType(SERVICE)
        .map(({ inputs }) => inputs)
        .filter(({ spec }) =>
            (spec as { ports: { name: string }[] }).ports.some(({ name }) => name === "metrics"),
        );
}

const TARGETS = ["flower-metrics", "rabbitmq-metrics", "redis-exporter", "search-exporter"];

describe("with the Prometheus operator", () => {
    let stack: Stack;

    beforeAll(async () => {
        stack = await Stack.of("local", {
            "hysds:monitoring": "prometheus",
            "hysds:prometheusNamespace": "observatory",
            "hysds:prometheusLabels": '{"release":"kube-prometheus-stack"}',
        });
    });

    it("each target has a ServiceMonitor of its own, with the labels that Prometheus looks for", () => {
        const monitors = stack.ofType(MONITOR).map(({ inputs }) => inputs);
        expect(monitors.map((monitor) => metadataOf(monitor).name).sort()).toEqual(TARGETS);
        for (const monitor of monitors) {
            expect(() => new ServiceMonitor(monitor as never).validate()).not.toThrow();
            const { name, labels } = metadataOf(monitor);
            expect(labels).toMatchObject({ release: "kube-prometheus-stack" });
            const { selector } = monitor.spec as { selector: { matchLabels: object } };
            const selected = targets(stack).filter((service) =>
                Object.entries(selector.matchLabels).every(
                    ([key, value]) => metadataOf(service).labels[key] === value,
                ),
            );
            expect(selected.map((service) => metadataOf(service).name)).toEqual([name]);
        }
    });

    it("the alerts are a PrometheusRule", () => {
        const rule = stack.one(RULE, "hysds-alerts");
        expect(() => new PrometheusRule(rule as never).validate()).not.toThrow();
        expect(metadataOf(rule).labels).toMatchObject({ release: "kube-prometheus-stack" });
    });

    it("only pods of that Prometheus reach the exporters", () => {
        for (const name of ["redis-exporter", "search-exporter"]) {
            const policies = stack
                .ofType(POLICY)
                .map(({ inputs }) => inputs.spec as PolicySpec)
                .filter(
                    ({ podSelector }) =>
                        podSelector.matchLabels?.["app.kubernetes.io/name"] === name,
                );
            expect(policies.flatMap(({ ingress = [] }) => ingress)).toEqual([
                {
                    ports: [{ protocol: "TCP", port: name === "redis-exporter" ? 9121 : 9114 }],
                    from: [
                        {
                            namespaceSelector: {
                                matchLabels: { "kubernetes.io/metadata.name": "observatory" },
                            },
                            podSelector: {
                                matchLabels: { "app.kubernetes.io/name": "prometheus" },
                            },
                        },
                    ],
                },
            ]);
        }
    });

    it("Prometheus reaches Flower and RabbitMQ on the port of their metrics alone", () => {
        const ports = stack
            .ofType(POLICY)
            .map(({ inputs }) => inputs.spec as PolicySpec)
            .flatMap(({ ingress = [] }) => ingress)
            .filter(({ from }) => JSON.stringify(from).includes("observatory"))
            .flatMap((rule) => rule.ports.map(({ port }) => port));
        expect(ports.sort()).toEqual([15692, 5555, 9114, 9121]);
    });

    it("credentials come from Secrets", () => {
        const environment = (name: string): string =>
            JSON.stringify(
                (stack.one(DEPLOYMENT, name).spec as DeploymentSpec).template.spec.containers[0]
                    ?.env,
            );
        const secret = stack.one(SECRET, "redis-exporter-credentials").stringData as object;
        expect(Object.keys(secret)).toEqual(["REDIS_PASSWORD"]);
        expect(environment("redis-exporter")).toContain('"secretKeyRef"');
        for (const name of ["redis-exporter", "search-exporter"]) {
            expect(JSON.stringify(stack.one(DEPLOYMENT, name))).not.toContain("simulated-secret");
        }
    });
});

interface PolicySpec {
    readonly podSelector: { readonly matchLabels?: Record<string, string> };
    readonly ingress?: readonly {
        readonly ports: readonly { readonly port: number }[];
        readonly from?: readonly unknown[];
    }[];
}

interface DeploymentSpec {
    readonly template: { readonly spec: { readonly containers: readonly { env?: unknown }[] } };
}

describe("without the operator", () => {
    it("the same targets are annotated, and nothing needs a CRD", async () => {
        const stack = await Stack.of("local", {
            "hysds:monitoring": "prometheus",
            "hysds:prometheusDiscovery": "annotations",
        });
        expect([...stack.ofType(MONITOR), ...stack.ofType(RULE)]).toEqual([]);
        const annotated = targets(stack).map(metadataOf);
        expect(annotated.map(({ name }) => name).sort()).toEqual(TARGETS);
        const rabbitmq = annotated.find(({ name }) => name === "rabbitmq-metrics");
        expect(rabbitmq?.annotations).toEqual({
            "prometheus.io/scrape": "true",
            "prometheus.io/port": "15692",
            "prometheus.io/path": "/metrics/per-object",
        });
    });
});
