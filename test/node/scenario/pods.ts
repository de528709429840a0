import type { V1Pod } from "@kubernetes/client-node";
import { expect, it } from "vitest";
import { leaks } from "../../e2e/support/secrets";
import { nameOf, restarts } from "../support/pods";
import type { Given, World } from "./world";

/** Each store's StatefulSet, and what probes call it. */
const STORES = {
    redis: ["results", "metrics"],
    search: ["search-jobs", "search-grq"],
    rabbitmq: ["broker"],
} as const;

/** A worker that has lost its broker is taken out of service when four minutes of heartbeats are missing. */
const OUTAGE_MINUTES = 8;

/** Health of the pods themselves, by the kubelet's own probes and signals. */
export function podsAreWatched(given: Given): void {
    it.each(Object.entries(STORES))(
        "takes every pod that needs %s out of service while it is away, and back without a restart",
        async (store, names) => {
            const { pods } = given();
            const holder = await pods.one(store);
            const before = (await pods.all()).filter((pod) => asksFor(pod, names));
            expect(before).not.toEqual([]);
            await pods.scale("statefulset", holder, 0);
            await pods.untilGone(holder, 180);
            await pods.untilReadiness(before, false, OUTAGE_MINUTES);
            await pods.scale("statefulset", holder, 1);
            await pods.untilReady();
            const after = (await pods.all()).filter((pod) => asksFor(pod, names));
            expect(lives(after)).toEqual(lives(before));
        },
    );

    it("ends every pod within its grace period when its node is drained", async () => {
        const { pods } = given();
        const all = (await pods.all()).filter(({ status }) => status?.phase === "Running");
        const isStore = ({ metadata }: V1Pod) => metadata?.namespace?.endsWith("-stores") ?? false;
        await pods.whileCordoned(async () => {
            // Stores last: Flower, which keeps nothing, waits for a broker that is gone until it is killed.
            expect(await pods.endAll(all.filter((pod) => !isStore(pod)))).toEqual([]);
            expect(await pods.endAll(all.filter(isStore))).toEqual([]);
        });
        await pods.untilReady(10);
    });
}

/** Whether a pod's readiness depends on one of these stores: by asking it, or by heartbeats through the broker. */
function asksFor(pod: V1Pod, stores: readonly string[]): boolean {
    const probes = pod.spec?.containers.map(({ readinessProbe }) => readinessProbe) ?? [];
    const asked = probes.flatMap((probe) => probe?.exec?.command ?? []);
    return asked.some((word) => stores.includes(word === "heartbeat" ? "broker" : word));
}

/** Pods by name, with the number of their lives. */
function lives(pods: readonly V1Pod[]): ReadonlyMap<string, number> {
    return new Map(pods.map((pod) => [nameOf(pod), restarts(pod)]));
}

/** Containers in whose log, or in what hysds-ops has said, a secret stands. */
export async function containersThatTell(
    { hysds, pods }: World,
    secrets: readonly string[],
): Promise<string[]> {
    const texts = new Map([...(await pods.logs()), ["hysds-ops", hysds.said]]);
    return [...texts].filter(([, text]) => leaks(secrets, text).length > 0).map(([name]) => name);
}
