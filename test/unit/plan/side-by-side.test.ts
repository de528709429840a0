import { describe, expect, it } from "vitest";
import { criticalPath, prerequisites } from "../../../plan/critical-path";
import { evaluateStack } from "../../../plan/evaluate";

const STORE =
    /^aws:(mq\/broker:Broker|elasticache\/replicationGroup:ReplicationGroup|opensearch\/domain:Domain)$/;

describe.each(["dev", "prod"])("stores and cluster of stack %s", (stack) => {
    it("are created side by side: neither waits for the other", async () => {
        const { resources } = await evaluateStack(stack);
        const stores = resources.filter(({ type }) => STORE.test(type));
        const cluster = resources.find(({ type }) => type === "eks:index:Cluster");
        const nodes = resources.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup");
        const storeUrns = stores.map(({ urn }) => urn);
        expect(stores.length).toBeGreaterThanOrEqual(3);
        expect(nodes.length).toBeGreaterThanOrEqual(2);
        for (const store of stores) {
            expect([...prerequisites(resources, store.urn)]).not.toContain(cluster?.urn);
        }
        for (const { urn } of [cluster!, ...nodes]) {
            const before = prerequisites(resources, urn);
            expect(storeUrns.filter((store) => before.has(store))).toEqual([]);
        }
    });

    it("lie on the longest chain in the order of their dependencies", async () => {
        const { resources } = await evaluateStack(stack);
        const chain = criticalPath(resources);
        chain.slice(1).forEach(({ urn }, index) => {
            expect(prerequisites(resources, urn)).toContain(chain[index]?.urn);
        });
        expect(chain.map(({ type }) => type)).toContain("eks:index:Cluster");
    });
});
