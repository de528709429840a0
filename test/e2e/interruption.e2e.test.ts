import * as fs from "node:fs/promises";
import * as path from "node:path";
import pidtree from "pidtree";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { Cluster } from "./support/cluster";
import { changedResources, StackUnderTest } from "./support/stack";

/** How many resources the engine has to have created before the test pulls the plug. */
const createdBeforeTheKill = 25;

/** Resolves once the engine's event log tells of `count` finished resources. */
async function untilCreated(eventLog: string, count: number): Promise<void> {
    await vi.waitFor(
        async () => {
            const log = await fs.readFile(eventLog, "utf8");
            expect(log.split('"resOutputsEvent"').length).toBeGreaterThan(count);
        },
        { timeout: 10 * 60_000, interval: 100 },
    );
}

/** SIGKILL to the CLI first, so that it notices nothing, then to the host and the plugins that it leaves behind. */
async function killTree(pid: number): Promise<void> {
    for (const victim of await pidtree(pid, { root: true })) {
        process.kill(victim, "SIGKILL");
    }
}

describe.sequential("an update that is killed midway", () => {
    const cluster = new Cluster(inject("kubeconfig"));
    let stack: StackUnderTest;

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

    it("is taken up again after pulumi cancel, with nothing orphaned", async () => {
        const eventLog = path.join(stack.workspace.dir, "events.json");
        const update = stack.cli("up", "--yes", "--skip-preview", "--event-log", eventLog);
        await untilCreated(eventLog, createdBeforeTheKill);
        await killTree(update.pid as number);
        await expect(update).rejects.toMatchObject({ signal: "SIGKILL" });

        await expect(stack.up()).rejects.toThrow(/currently locked/);
        await stack.cli("cancel", "--yes");
        await stack.up();
        expect(Object.fromEntries(changedResources(await stack.up()))).toEqual({});

        await stack.destroy();
        expect(await cluster.workloads()).toEqual(new Map());
        expect((await cluster.namespaces()).filter((name) => name.startsWith("hysds"))).toEqual([]);
    });
});
