import { oneLine } from "../errors";
import { Installation, REDIS_STORES } from "../installation";
import { listQueues, Queue } from "../stores/queues";
import { redisState } from "../stores/redis-state";
import { SEARCH_CLUSTERS, searchState } from "../stores/search-state";
import { listScaledObjects, ScaledObject } from "../workloads/scaled-objects";
import { listWorkloads, Workload } from "../workloads/workloads";

/** One line of the status: a workload with its queue, or a store. */
export interface StatusRow {
    readonly component: string;
    readonly name: string;
    readonly pods?: { readonly ready: number; readonly wanted: number };
    readonly queue?: string;
    readonly waiting?: number;
    readonly running?: number;
    readonly consumers?: number;
    readonly state: string;
    /** Whether it is as it should be; what was stopped on purpose is. */
    readonly healthy: boolean;
}

/** Everything of an installation, or of a component. */
export async function status(installation: Installation, component?: string): Promise<StatusRow[]> {
    const [workloads, scaledObjects, broker, ...stores] = await Promise.all([
        listWorkloads(installation),
        listScaledObjects(installation),
        attempt(() => listQueues(installation)),
        ...REDIS_STORES.map((store) => redisRow(installation, store)),
        ...SEARCH_CLUSTERS.map((cluster) => searchRow(installation, cluster)),
    ]);
    const queues = "value" in broker ? broker.value : [];
    const rows = [
        ...workloads.map((workload) =>
            workloadRow(workload, pauseOf(scaledObjects, workload), queues),
        ),
        ...strayQueues(workloads, queues),
        brokerRow(broker),
        ...stores,
    ];
    return rows.filter((row) => component === undefined || row.component === component);
}

type Attempt<Value> = { readonly value: Value } | { readonly failure: string };

/** A store that does not answer is a line of the status, not the end of it. */
async function attempt<Value>(work: () => Promise<Value>): Promise<Attempt<Value>> {
    try {
        return { value: await work() };
    } catch (failure) {
        return { failure: oneLine(failure) };
    }
}

function pauseOf(
    scaledObjects: readonly ScaledObject[],
    { namespace, name }: Workload,
): ScaledObject | undefined {
    return scaledObjects.find((each) => each.namespace === namespace && each.target === name);
}

function workloadRow(
    workload: Workload,
    scaledObject: ScaledObject | undefined,
    queues: readonly Queue[],
): StatusRow {
    const { component, name, queue: queueName, ready, wanted } = workload;
    const queue = queues.find((each) => each.name === queueName);
    return {
        component,
        name,
        pods: { ready, wanted },
        ...(queueName === undefined ? {} : { queue: queueName }),
        ...(queue === undefined ? {} : numbers(queue)),
        ...judged(workload, scaledObject, queue),
    };
}

function judged(
    { wanted, ready, updated }: Workload,
    scaledObject: ScaledObject | undefined,
    queue: Queue | undefined,
): Pick<StatusRow, "state" | "healthy"> {
    if (wanted === 0) {
        const idle = scaledObject && scaledObject.pausedAt === undefined;
        return { state: idle ? "idle" : "stopped", healthy: true };
    }
    if (ready < wanted) {
        return { state: "not ready", healthy: false };
    }
    if (queue && queue.consumers === 0) {
        return { state: "no consumers", healthy: false };
    }
    return { state: updated < wanted ? "rolling" : "ok", healthy: true };
}

function numbers({ waiting, running, consumers }: Queue): Partial<StatusRow> {
    return { waiting, running, consumers };
}

/** Queues that no workload of the stack works on. */
function strayQueues(workloads: readonly Workload[], queues: readonly Queue[]): StatusRow[] {
    const known = new Set(workloads.map(({ queue }) => queue));
    return queues
        .filter(({ name }) => !known.has(name))
        .map((queue) => ({
            component: "stores",
            name: "queue",
            queue: queue.name,
            ...numbers(queue),
            state: "no workload",
            healthy: true,
        }));
}

function brokerRow(broker: Attempt<readonly Queue[]>): StatusRow {
    const common = { component: "stores", name: "broker" };
    return "value" in broker
        ? {
              ...common,
              waiting: sum(broker.value.map(({ waiting }) => waiting)),
              running: sum(broker.value.map(({ running }) => running)),
              state: "ok",
              healthy: true,
          }
        : { ...common, state: broker.failure, healthy: false };
}

async function redisRow(
    installation: Installation,
    store: (typeof REDIS_STORES)[number],
): Promise<StatusRow> {
    const found = await attempt(() => redisState(installation, store));
    const common = { component: "stores", name: `Redis of ${store}` };
    return "value" in found
        ? { ...common, waiting: found.value.backlog, state: "ok", healthy: true }
        : { ...common, state: found.failure, healthy: false };
}

async function searchRow(
    installation: Installation,
    cluster: (typeof SEARCH_CLUSTERS)[number],
): Promise<StatusRow> {
    const found = await attempt(() => searchState(installation, cluster));
    const common = { component: "stores", name: cluster };
    return "value" in found
        ? { ...common, state: found.value.status, healthy: found.value.status !== "red" }
        : { ...common, state: found.failure, healthy: false };
}

function sum(values: readonly number[]): number {
    return values.reduce((total, value) => total + value, 0);
}
