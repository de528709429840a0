import { KedaSettings, Settings } from "../../settings/settings";
import type { WorkloadOverride } from "../../settings/topics/workload-fields";
import { Layout } from "./layout";
import { WorkerSpec } from "./workload-spec";

/** Between how many pods a queue moves, and what moves it. */
export interface QueueScaling {
    readonly minReplicas: number;
    /** Above `minReplicas`. */
    readonly maxReplicas: number;
    /** Pods of a new Deployment, before anything has scaled it. */
    readonly initialReplicas: number;
    /** Messages, waiting or in work, for which there is one pod. */
    readonly messagesPerReplica: number;
}

/** Tasks of a service queue take a second or so: each of its processes may have a few before it. */
const SERVICE_MESSAGES_PER_PROCESS = 10;

/** Pods of a queue, where the stack says them. */
type Numbers = Pick<WorkloadOverride, "replicas" | "maxReplicas">;

/**
 * How the workers of a queue are scaled; undefined for a queue that keeps its number: where scaling is off, where there
 * is one process by design, and where most and fewest are the same.
 *
 * Queues of jobs go to zero, a Verdi pool to its `minReplicas`. Service queues rest where the layout has them, and reach
 * `maxPercent` of the VM era's processes.
 */
export function queueScaling(
    spec: WorkerSpec,
    layout: Layout,
    { autoscaling }: Pick<Settings, "autoscaling">,
    override: Numbers = {},
): QueueScaling | undefined {
    if (
        autoscaling.kind === "none" ||
        !(spec.jobs || spec.vmProcesses > 1 || override.maxReplicas)
    ) {
        return undefined;
    }
    const scaling = spec.jobs
        ? jobScaling(spec, layout, autoscaling, override)
        : serviceScaling(spec, layout, autoscaling, override);
    return scaling.maxReplicas > scaling.minReplicas ? scaling : undefined;
}

/**
 * It starts with a pod even where it may have none: until a worker has declared a new queue, the broker does not know
 * it, KEDA gets an error, and Mozart does not offer it. KEDA takes that pod away once the queue answers.
 */
function jobScaling(
    spec: WorkerSpec,
    layout: Layout,
    keda: KedaSettings,
    override: Numbers,
): QueueScaling {
    const minReplicas = override.replicas ?? spec.replicas ?? 0;
    return {
        minReplicas,
        maxReplicas:
            override.maxReplicas ??
            spec.maxReplicas ??
            builtInMaximum(spec, keda.maxPercent, layout.processesPerPod),
        initialReplicas: Math.max(1, minReplicas),
        messagesPerReplica: layout.processesPerPod * keda.messagesPerProcess,
    };
}

function serviceScaling(
    spec: WorkerSpec,
    layout: Layout,
    keda: KedaSettings,
    { maxReplicas }: Numbers,
): QueueScaling {
    const { replicas, processesPerPod } = layout;
    return {
        minReplicas: replicas,
        maxReplicas:
            maxReplicas ??
            Math.max(replicas, builtInMaximum(spec, keda.maxPercent, processesPerPod)),
        initialReplicas: replicas,
        messagesPerReplica: processesPerPod * SERVICE_MESSAGES_PER_PROCESS,
    };
}

function builtInMaximum(spec: WorkerSpec, maxPercent: number, processesPerPod: number): number {
    return Math.max(1, Math.ceil((spec.vmProcesses * maxPercent) / 100 / processesPerPod));
}
