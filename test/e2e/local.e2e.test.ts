import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { evaluateStack } from "../../workshop/plan/evaluate";
import { Cluster } from "./support/cluster";
import { exportedResources, generatedSecrets, leaks } from "./support/secrets";
import { changedResources, Run, StackUnderTest, visitedResources } from "./support/stack";

/** `namespace/name` of every workload, with the generation that its last change of specification gave it. */
async function generations(cluster: Cluster): Promise<Map<string, number>> {
    const workloads = await cluster.workloads();
    return new Map([...workloads].map(([name, { metadata }]) => [name, metadata?.generation ?? 0]));
}

/** Workloads whose specification changed between two readings, or that are in one only. */
function rolled(before: Map<string, number>, after: Map<string, number>): string[] {
    const names = new Set([...before.keys(), ...after.keys()]);
    return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}

describe.sequential("the local stack", () => {
    const cluster = new Cluster(inject("kubeconfig"));
    let stack: StackUnderTest;
    let secrets: string[];
    const said: Run[] = [];

    beforeAll(async () => {
        stack = await StackUnderTest.open({
            name: "local",
            env: { KUBECONFIG: inject("kubeconfig") },
        });
    });
    afterAll(async () => {
        await stack.destroy();
        await stack.dispose();
    });

    it("shows every resource in its preview", async () => {
        const preview = await stack.preview();
        const { resources } = await evaluateStack("local");
        const planned = resources.map(({ urn }) => urn);
        expect([...visitedResources(preview)].sort()).toEqual(expect.arrayContaining(planned));
        expect(preview.changes.create).toBeGreaterThanOrEqual(planned.length);
    });

    it("comes up", async () => {
        const up = await stack.up();
        said.push(up);
        expect(Object.keys(up.changes)).toEqual(["create"]);
        const workloads = await cluster.workloads();
        for (const [name, { spec, status }] of workloads) {
            expect(status?.readyReplicas ?? 0, name).toBe(spec?.replicas);
        }
    });

    it("has nothing to change the second time", async () => {
        const up = await stack.up();
        expect(Object.fromEntries(changedResources(up))).toEqual({});
    });

    it("finds no drift when it refreshes", async () => {
        const refresh = await stack.refresh();
        said.push(refresh);
        expect(Object.keys(refresh.changes)).toEqual(["same"]);
    });

    it("rolls the pods that read a changed setting, and no others", async () => {
        const before = await generations(cluster);
        await stack.configure({ "hysds:venue": "integration" });
        said.push(await stack.up());
        expect(rolled(before, await generations(cluster))).toEqual(["hysds/mozart"]);
    });

    it("keeps every generated secret out of its state, its events, its output and the cluster's other objects", async () => {
        secrets = await generatedSecrets(stack);
        expect(secrets.length).toBeGreaterThanOrEqual(4);
        const { stdout: state } = await stack.cli("stack", "export");
        expect(leaks(secrets, state)).toEqual([]);
        expect(leaks(secrets, JSON.stringify(said))).toEqual([]);
        expect(leaks(secrets, JSON.stringify(await cluster.objectsOutsideSecrets()))).toEqual([]);
    });

    it("leaves nothing behind when it is destroyed", async () => {
        const namespaces = ["hysds", "hysds-jobs", "hysds-stores"];
        expect(await cluster.namespaces()).toEqual(expect.arrayContaining(namespaces));
        await stack.destroy();
        expect(await exportedResources(stack)).toEqual([]);
        const left = (await cluster.namespaces()).filter((name) => namespaces.includes(name));
        expect(left).toEqual([]);
        expect(await cluster.workloads()).toEqual(new Map());
    });
});
