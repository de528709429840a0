import { Installation, RedisStore } from "../installation";
import { TableSection } from "../output";
import { Index, listIndices } from "../stores/indices";
import { listQueues, Queue } from "../stores/queues";
import { redisState, RedisState } from "../stores/redis-state";
import { SearchClusterName } from "../stores/search-state";
import { Component } from "../workloads/components";
import { listWorkloads } from "../workloads/workloads";

/** What a reset of components throws away. */
export interface ResetPlan {
    readonly queues: readonly Queue[];
    readonly redis: readonly RedisState[];
    readonly indices: readonly Index[];
}

interface Belongings {
    /** `all`: what is queued anywhere is a job or a task, and Mozart forgets them. */
    readonly queues: "all" | "own";
    readonly redis?: RedisStore;
    readonly indices?: {
        readonly cluster: SearchClusterName;
        readonly patterns: readonly string[];
    };
}

/**
 * What sds reset too, and the indices that its scripts emptied by hand. Rules, job specifications and containers stay:
 * they are what the project registered, and `hysds-ops rules` and `hysds-ops pkg` are for those.
 */
const BELONGINGS: Readonly<Record<Component, Belongings>> = {
    mozart: {
        queues: "all",
        redis: "jobs",
        indices: {
            cluster: "mozart-search",
            patterns: [
                "job_status-*",
                "job_failed",
                "task_status-*",
                "event_status-*",
                "worker_status-*",
            ],
        },
    },
    // The alias of all datasets.
    grq: { queues: "own", indices: { cluster: "grq-search", patterns: ["grq"] } },
    metrics: {
        queues: "own",
        redis: "metrics",
        indices: { cluster: "metrics-search", patterns: ["logstash-*", "sdswatch-*"] },
    },
    factotum: { queues: "own" },
    verdi: { queues: "own" },
};

/** Looks what there is to lose. */
export async function planReset(
    installation: Installation,
    components: readonly Component[],
): Promise<ResetPlan> {
    const belongings = components.map((component) => BELONGINGS[component]);
    const [queues, redis, indices] = await Promise.all([
        queuesOf(installation, components),
        Promise.all(
            belongings.flatMap((each) =>
                each.redis ? [redisState(installation, each.redis)] : [],
            ),
        ),
        Promise.all(
            belongings.flatMap(({ indices: wanted }) =>
                (wanted?.patterns ?? []).map((pattern) =>
                    listIndices(installation, wanted?.cluster ?? "mozart-search", pattern),
                ),
            ),
        ),
    ]);
    return { queues, redis, indices: indices.flat() };
}

async function queuesOf(
    installation: Installation,
    components: readonly Component[],
): Promise<Queue[]> {
    const [queues, workloads] = await Promise.all([
        listQueues(installation),
        listWorkloads(installation),
    ]);
    if (components.some((component) => BELONGINGS[component].queues === "all")) {
        return queues;
    }
    const own = new Set(
        workloads
            .filter(({ component }) => components.some((each) => each === component))
            .map(({ queue }) => queue),
    );
    return queues.filter(({ name }) => own.has(name));
}

/** The plan as a table: what, where, how much. */
export function losses({ queues, redis, indices }: ResetPlan): TableSection {
    const documents = new Map<string, { indices: number; documents: number }>();
    for (const { cluster, name, documents: count } of indices) {
        const key = `${cluster}: ${name.replace(/-?\d[\d.-]*$/, "")}`;
        const sum = documents.get(key) ?? { indices: 0, documents: 0 };
        documents.set(key, {
            indices: sum.indices + 1,
            documents: sum.documents + count,
        });
    }
    const shared = new Set(redis.map(({ runId }) => runId)).size < redis.length;
    return {
        head: ["what", "how much"],
        rows: [
            ...queues
                .filter(({ waiting }) => waiting > 0)
                .map(({ name, waiting }) => [`queue ${name}`, `${waiting} messages`]),
            ...redis.map(({ store, keys }) => [
                `Redis of ${store}${shared ? " (one for jobs and metrics)" : ""}`,
                `${keys} keys`,
            ]),
            ...[...documents].map(([key, sum]) => [
                key,
                `${sum.documents} documents in ${sum.indices} indices`,
            ]),
        ],
    };
}
