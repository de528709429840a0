import { describe, expect, it } from "vitest";
import { criticalPath, prerequisites } from "../../../workshop/plan/critical-path";
import { evaluated } from "../../support/evaluated";

const STORE =
    /^aws:(mq\/broker:Broker|elasticache\/replicationGroup:ReplicationGroup|opensearch\/domain:Domain)$/;

const NAMESPACE = "kubernetes:core/v1:Namespace";

describe.each(["dev", "prod"])("stores and cluster of stack %s", (stack) => {
    const evaluation = evaluated(stack);

    it("are created side by side: neither waits for the other", async () => {
        const { resources } = await evaluation;
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

    it("waits for no namespace to make a role, and for both to make who assumes it", async () => {
        const { resources } = await evaluation;
        const namespaces = (urn: string): string[] =>
            [...prerequisites(resources, urn)].filter((before) => before.includes(NAMESPACE));
        const roles = resources.filter(({ type }) => type === "aws:iam/role:Role");
        expect(roles.filter(({ urn }) => namespaces(urn).length > 0)).toEqual([]);
        const proxy = resources.find(
            ({ type, name }) =>
                type === "kubernetes:core/v1:ServiceAccount" && name.endsWith("search-proxy"),
        );
        const role = roles.find(({ name }) => name === proxy?.name);
        expect(namespaces(proxy!.urn)).toHaveLength(1);
        expect([...prerequisites(resources, proxy!.urn)]).toContain(role?.urn);
    });

    it("lie on the longest chain in the order of their dependencies", async () => {
        const { resources } = await evaluation;
        const { resources: chain } = criticalPath(resources);
        chain.slice(1).forEach(({ urn }, index) => {
            expect(prerequisites(resources, urn)).toContain(chain[index]?.urn);
        });
        expect(chain.map(({ type }) => type)).toContain("eks:index:Cluster");
    });
});
