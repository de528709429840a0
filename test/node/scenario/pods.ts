import { expect, it } from "vitest";
import { leaks } from "../../e2e/support/secrets";
import { nameOf, restarts } from "../support/pods";
import type { Given } from "./world";

/** Stores, and a pod whose readiness asks each of them, by its own protocol. */
const STORES = [
    ["redis", "process-events"],
    ["search", "watchdog-job-timeouts"],
    ["rabbitmq", "flower"],
] as const;

/** Health of the pods themselves, by the kubelet's own probes and signals. */
export function podsAreWatched(given: Given): void {
    it.each(STORES)(
        "takes pods out of service while %s is away, and back without a restart",
        async (store, reader) => {
            const { pods } = given();
            const before = await pods.one(reader);
            const holder = await pods.one(store);
            await pods.scale("statefulset", holder, 0);
            await pods.untilGone(holder, 180);
            await pods.untilWorkload(reader, false);
            await pods.scale("statefulset", holder, 1);
            await pods.untilReady();
            const after = await pods.one(reader);
            expect([nameOf(after), restarts(after)]).toEqual([nameOf(before), restarts(before)]);
        },
    );

    it("ends every pod within its grace period when it is told to", async () => {
        const { pods } = given();
        const all = (await pods.all()).filter(({ status }) => status?.phase === "Running");
        const killed = await pods.endAll(all);
        expect(killed).toEqual([]);
        await pods.untilReady(10);
    });
}

/** Reads the logs of every container there is. */
export function logsAreSilent(given: Given, secrets: () => Promise<readonly string[]>): void {
    it("writes no secret into any log", async () => {
        const known = await secrets();
        const logs = await given().pods.logs();
        expect(logs.size).toBeGreaterThan(20);
        const told = [...logs].filter(([, text]) => leaks(known, text).length > 0);
        expect(told.map(([container]) => container)).toEqual([]);
        expect(leaks(known, given().hysds.said)).toEqual([]);
    });
}
