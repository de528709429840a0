import type { V1Pod } from "@kubernetes/client-node";
import { expect, it } from "vitest";
import { leaks } from "../../e2e/support/secrets";
import { nameOf, restarts } from "../support/pods";
import type { Given, World } from "./world";

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
        const isStore = ({ metadata }: V1Pod) => metadata?.namespace?.endsWith("-stores") ?? false;
        // Stores last: Flower, which keeps nothing, waits for a broker that is gone until it is killed.
        expect(await pods.endAll(all.filter((pod) => !isStore(pod)))).toEqual([]);
        expect(await pods.endAll(all.filter(isStore))).toEqual([]);
        await pods.untilReady(10);
    });
}

/** Containers in whose log, or in what hysds-ops has said, a secret stands. */
export async function containersThatTell(
    { hysds, pods }: World,
    secrets: readonly string[],
): Promise<string[]> {
    const texts = new Map([...(await pods.logs()), ["hysds-ops", hysds.said]]);
    return [...texts].filter(([, text]) => leaks(secrets, text).length > 0).map(([name]) => name);
}
