import { parser } from "@prometheus-io/lezer-promql";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { facts, isDocumented, Stack } from "./support";

interface Box {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
}

/** Pairs of boxes that cover each other, or stand beyond the 24 columns. */
function misplaced(boxes: readonly Box[]): unknown[] {
    const overlap = (a: Box, b: Box): boolean =>
        a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
    return boxes.flatMap((box, index) => [
        ...(box.x + box.width > 24 ? [box] : []),
        ...boxes.slice(index + 1).flatMap((other) => (overlap(box, other) ? [[box, other]] : [])),
    ]);
}

interface Widget extends Box {
    readonly type: string;
    readonly properties: {
        readonly title?: string;
        readonly markdown?: string;
        readonly region?: string;
        readonly query?: string;
        readonly metrics?: readonly (string | object)[][];
    };
}

describe.each(["dev", "prod"])("the CloudWatch dashboard of stack %s", (name) => {
    let widgets: readonly Widget[];

    beforeAll(async () => {
        const stack = await Stack.of(name);
        const { dashboardBody } = stack.one("aws:cloudwatch/dashboard:Dashboard", `hysds-${name}`);
        ({ widgets } = JSON.parse(dashboardBody as string) as { widgets: Widget[] });
    });

    it("shows metrics that AWS publishes, or that come from the stack's logs", () => {
        const wrong = widgets
            .flatMap(({ properties }) => properties.metrics ?? [])
            .map((line) => line.filter((part): part is string => typeof part === "string"))
            .map(([namespace = "", metric = "", ...pairs]) => ({
                namespace,
                name: metric,
                dimensions: Object.fromEntries(
                    pairs.flatMap((key, i) => (i % 2 === 0 ? [[key, pairs[i + 1] ?? ""]] : [])),
                ),
            }))
            .filter(({ namespace }) => namespace !== `HySDS/hysds-${name}`)
            .filter((reference) => !isDocumented(reference));
        expect(wrong).toEqual([]);
    });

    it("has every section, and nothing that covers something else", () => {
        const sections = widgets.flatMap(({ properties }) => properties.markdown ?? []);
        expect(sections).toEqual(
            ["Queues and jobs", "Gateway", "Pods and nodes", "RabbitMQ", "Redis", "Search"].map(
                (title) => `## ${title}`,
            ),
        );
        expect(misplaced(widgets)).toEqual([]);
    });

    it("draws the depth of each queue, and the states of jobs from the logs", () => {
        const depth = widgets.find(({ properties }) => properties.title === "Messages that wait");
        expect(JSON.stringify(depth?.properties.metrics)).toContain('"jobs_processed"');
        const states = widgets.find(({ type }) => type === "log");
        expect(states?.properties.query).toContain(
            `SOURCE '/aws/containerinsights/hysds-${name}/application'`,
        );
    });
});

interface GrafanaDashboard {
    readonly uid: string;
    readonly panels: readonly {
        readonly id: number;
        readonly type: string;
        readonly gridPos: { x: number; y: number; w: number; h: number };
        readonly targets?: readonly { readonly expr: string }[];
    }[];
}

interface Rules {
    readonly groups: readonly {
        readonly rules: readonly {
            readonly alert: string;
            readonly expr: string;
            readonly for: string;
            readonly labels: { readonly severity: string };
        }[];
    }[];
}

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

/** Names of metrics in an expression; fails on what is not PromQL. */
function metricNames(expression: string): string[] {
    const names: string[] = [];
    parser
        .configure({ strict: true })
        .parse(expression)
        .iterate({
            enter: (node) => {
                const inSelector = node.node.parent?.name === "VectorSelector";
                if (node.name === "Identifier" && inSelector) {
                    names.push(expression.slice(node.from, node.to));
                }
            },
        });
    return names;
}

describe.each(["local", "prod"])("what Prometheus and Grafana read of stack %s", (name) => {
    const published = facts<{ metrics: string[] }[]>("prometheus-metrics.yaml").flatMap(
        ({ metrics }) => metrics,
    );
    let dashboard: GrafanaDashboard;
    let rules: Rules["groups"][number]["rules"];

    beforeAll(async () => {
        const stack = await Stack.of(name, {
            "hysds:monitoring": "prometheus",
            "hysds:prometheusDiscovery": "annotations",
        });
        const { data: dashboards } = stack.one(CONFIG_MAP, "hysds-grafana-dashboard") as {
            data: Record<string, string>;
        };
        dashboard = JSON.parse(dashboards["hysds.json"] ?? "") as GrafanaDashboard;
        const { data } = stack.one(CONFIG_MAP, "hysds-alerts") as { data: Record<string, string> };
        const groups = (parse(data["hysds.rules.yaml"] ?? "") as Rules).groups;
        rules = groups.flatMap((group) => group.rules);
    });

    it("is PromQL over metrics that the exporters publish", () => {
        const expressions = [
            ...rules.map(({ expr }) => expr),
            ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
        ];
        const used = expressions.flatMap(metricNames);
        expect(used.length).toBeGreaterThan(20);
        expect(used.filter((metric) => !published.includes(metric))).toEqual([]);
    });

    it("draws no graph over another", () => {
        const boxes = dashboard.panels.map(({ gridPos: { x, y, w, h } }) => ({
            x,
            y,
            width: w,
            height: h,
        }));
        expect(misplaced(boxes)).toEqual([]);
        expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    });

    it("alerts about stores where CloudWatch does not", () => {
        const alerts = rules.map(({ alert }) => alert);
        expect(new Set(alerts).size).toBe(alerts.length);
        expect(alerts).toEqual(
            expect.arrayContaining(["HysdsPodsUnschedulable", "HysdsIndexerBacklog"]),
        );
        expect(alerts.includes("HysdsSearchRed")).toBe(name === "local");
        expect(alerts.includes("HysdsQueueWithoutConsumers")).toBe(name === "local");
    });
});
