import { CommandContext } from "../context";
import { Installation } from "../installation";
import { poll } from "../polling";
import { deleteIndices } from "../stores/indices";
import { purgeQueue } from "../stores/queues";
import { SEARCH_CLUSTERS } from "../stores/search-state";
import { Component } from "../workloads/components";
import { podsOf, startAgain, stopComponents } from "../workloads/component-scaling";
import { runBootstrap } from "./bootstrap-job";
import { ResetPlan } from "./reset-plan";

/** Components that write what a reset deletes; those that run jobs are left to finish them. */
const WRITERS: readonly Component[] = ["mozart", "grq", "metrics"];

/**
 * Stops what writes, throws away what the plan names, prepares the search clusters anew, and starts again what was
 * stopped here, also when something in between fails.
 *
 * @throws OperationsError when pods do not end, or the search clusters cannot be prepared
 */
export async function reset(
    { stderr, signal }: CommandContext,
    installation: Installation,
    components: readonly Component[],
    plan: ResetPlan,
): Promise<void> {
    const writers = components.filter((component) => WRITERS.includes(component));
    stderr.write(writers.length > 0 ? `Stopping ${writers.join(", ")}\n` : "");
    const stopped = await stopComponents(installation, writers);
    try {
        await poll(async () => ((await podsOf(installation, stopped)) === 0 ? true : undefined), {
            everyMs: 2000,
            timeoutMs: 15 * 60_000,
            tooLong: `pods of ${writers.join(", ")} do not end, so nothing was reset: "hysds-ops status" shows them`,
            signal,
        });
        stderr.write("Purging queues, flushing Redis, deleting indices\n");
        await throwAway(installation, plan);
        if (plan.indices.length > 0) {
            stderr.write("Preparing the search clusters\n");
            await runBootstrap(installation, signal);
        }
    } finally {
        await startAgain(installation, stopped);
    }
}

async function throwAway(
    installation: Installation,
    { queues, redis, indices }: ResetPlan,
): Promise<void> {
    for (const { name } of queues) {
        await purgeQueue(installation, name);
    }
    for (const { store } of redis) {
        await (await installation.redis(store)).flushall();
    }
    for (const cluster of SEARCH_CLUSTERS) {
        const names = indices.filter((index) => index.cluster === cluster).map(({ name }) => name);
        await deleteIndices(installation, cluster, [...new Set(names)]);
    }
}
