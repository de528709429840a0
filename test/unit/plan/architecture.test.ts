import { describe, expect, it } from "vitest";
import { describeArchitecture } from "../../../workshop/plan/architecture/describe";
import { drawArchitecture } from "../../../workshop/plan/architecture/draw";
import { Architecture } from "../../../workshop/plan/architecture/model";
import { evaluated } from "../../support/evaluated";

async function architecture(
    stack: string,
    overrides: Record<string, string> = {},
): Promise<Architecture> {
    return describeArchitecture(await evaluated(stack, overrides));
}

const logicalName = (urn: string): string => urn.split("::").at(-1) ?? "";

function reachable(described: Architecture, workload: string): string[] {
    const names = described.configurations
        .filter(({ readers }) => readers.map(logicalName).includes(workload))
        .flatMap(({ stores }) => stores.map(logicalName));
    return [...new Set(names)].sort();
}

describe("the architecture of a stack", () => {
    it("is drawn with an Application Load Balancer before the gateway", async () => {
        const { entries } = await architecture("dev", {
            ingress: "ingress",
            ingressClass: "alb",
            domain: "hysds.example.org",
        });
        expect(entries.flatMap(({ targets }) => targets.map(logicalName))).toEqual(["gateway"]);
    });

    it("knows which workloads reach which stores by the configuration they mount", async () => {
        const dev = await architecture("dev");
        const all = ["hysds-dev-rabbitmq", "hysds-dev-redis", "search-proxy"];
        expect(reachable(dev, "orchestrator-jobs")).toEqual(all);
        expect(reachable(dev, "mozart-logstash-indexer")).toEqual(all.slice(1));
        expect(reachable(dev, "kibana")).toEqual(["search-proxy"]);
    });

    it("leads people to the load balancer, the gateway and the services behind it", async () => {
        const { entries, edges } = await architecture("dev");
        expect(entries.map(({ title }) => title)).toEqual(["Network load balancer, internal"]);
        expect(entries[0]?.targets.map(logicalName)).toEqual(["gateway"]);
        const behind = edges.filter(({ from }) => logicalName(from) === "gateway");
        expect(behind.map(({ to }) => logicalName(to)).sort()).toEqual([
            "flower",
            "grq2",
            "hysds-ui",
            "kibana",
            "mozart",
            "pele",
        ]);
    });

    it("leads people by port-forward where nothing lets them in", async () => {
        const local = await architecture("local");
        expect(local.entries).toEqual([]);
        expect(await drawArchitecture(local)).toContain("kubectl port");
    });

    it("follows the configuration: one store for each part of HySDS instead of shared ones", async () => {
        const overrides = { redisLayout: "separate", searchLayout: "separate" };
        const { managedStores, edges } = await architecture("dev", overrides);
        const names = managedStores.map(({ name }) => name).sort();
        expect(names).toEqual([
            "hysds-dev-grq",
            "hysds-dev-metrics",
            "hysds-dev-mozart",
            "hysds-dev-rabbitmq",
            "hysds-dev-redis",
            "hysds-dev-redis-metrics",
        ]);
        const proxied = edges.filter(({ to }) => names.includes(logicalName(to)));
        expect(proxied.map(({ to }) => logicalName(to)).sort()).toEqual(names.slice(0, 3));
    });

    it("counts Celery processes alike for both ways to run several in a pod", async () => {
        const totals = ["prefork", "supervisord"].map(async (processModel) => {
            const { workloads } = await architecture("prod", { processModel });
            return workloads.reduce((sum, { processes }) => sum + processes, 0);
        });
        const [prefork, supervisord] = await Promise.all(totals);
        expect(prefork).toBeGreaterThan(200);
        expect(supervisord).toBe(prefork);
    });
});
