import { describe, expect, it } from "vitest";
import { Evaluation } from "../../../workshop/plan/evaluation";
import { evaluated } from "../../support/evaluated";
import { objectsOf, workloadsOf } from "./objects";

type Labels = Readonly<Record<string, string>>;

interface Policy {
    readonly podSelector: { readonly matchLabels?: Labels };
    readonly policyTypes: readonly string[];
    readonly ingress?: readonly {
        readonly ports: readonly { readonly port: number; readonly protocol: string }[];
        readonly from?: readonly {
            readonly namespaceSelector: { readonly matchLabels?: Labels };
            readonly podSelector?: { readonly matchLabels: Labels };
        }[];
    }[];
}

const POLICY = "networking.k8s.io/v1:NetworkPolicy";

/** Who may connect to what, one line each: `workload:port <- namespace/pods`. */
function openings(stack: Evaluation): string[] {
    return objectsOf<Policy>(stack, POLICY)
        .flatMap(({ spec }) =>
            (spec.ingress ?? []).flatMap(({ ports, from }) =>
                ports.flatMap(({ port, protocol }) =>
                    peersOf(from).map((peer) => {
                        expect(protocol).toBe("TCP");
                        return `${nameOf(spec.podSelector.matchLabels)}:${port} <- ${peer}`;
                    }),
                ),
            ),
        )
        .sort();
}

function nameOf(labels: Labels = {}): string {
    return labels["app.kubernetes.io/name"] ?? labels["app"] ?? "every pod";
}

type Peers = NonNullable<Policy["ingress"]>[number]["from"];

function peersOf(from: Peers): string[] {
    if (from?.length === 0) {
        throw new Error("An empty list of peers is everyone");
    }
    return from
        ? from.map(({ namespaceSelector, podSelector }) => {
              const namespace = namespaceSelector.matchLabels?.["kubernetes.io/metadata.name"];
              return `${namespace ?? "any namespace"}${podSelector ? `/${nameOf(podSelector.matchLabels)}` : ""}`;
          })
        : ["any address"];
}

const both = (listener: string): string[] => [`${listener} <- hysds`, `${listener} <- hysds-jobs`];

const SERVICES = [
    ...["mozart:8888", "grq2:8878", "pele:8877"].flatMap(both),
    ...["kibana:5601", "flower:5555", "hysds-ui:8080"].map((each) => `${each} <- hysds/gateway`),
];

describe("who may connect", () => {
    it("is who needs to, in prod: search through its proxy, people through the gateway", async () => {
        const stack = await evaluated("prod", { "hysds:autoscaling": "keda" });
        expect(openings(stack)).toEqual(
            [
                ...SERVICES,
                ...both("search-proxy:9200"),
                "gateway:8080 <- any address",
                "keda-operator-metrics-apiserver:6443 <- any address",
                "keda-operator:9666 <- keda/keda-operator-metrics-apiserver",
            ].sort(),
        );
    });

    it("is who needs to, in local: stores, and Prometheus to what has metrics", async () => {
        const stack = await evaluated("local", { "hysds:monitoring": "prometheus" });
        expect(openings(stack)).toEqual(
            [
                ...SERVICES,
                ...["rabbitmq:5672", "redis:6379", "search:9200", "object-store:7070"].flatMap(
                    both,
                ),
                "rabbitmq:15672 <- hysds",
                ...[
                    "rabbitmq:15692",
                    "redis-exporter:9121",
                    "search-exporter:9114",
                    "flower:5555",
                ].map((each) => `${each} <- monitoring/prometheus`),
            ].sort(),
        );
    });

    it.each(["local", "dev", "prod"])("is nobody else, in %s", async (name) => {
        const stack = await evaluated(name);
        const policies = objectsOf<Policy>(stack, POLICY);
        const denied = policies
            .filter(({ spec }) => spec.podSelector.matchLabels === undefined)
            .map(({ namespace, spec }) => {
                expect(spec).toEqual({ podSelector: {}, policyTypes: ["Ingress"] });
                return namespace;
            });
        const namespaces = new Set(workloadsOf(stack).map(({ namespace }) => namespace));
        expect(denied.sort()).toEqual(expect.arrayContaining([...namespaces].sort()));
        expect(policies.map(({ spec }) => spec.policyTypes)).toEqual(
            policies.map(() => ["Ingress"]),
        );
    });
});
