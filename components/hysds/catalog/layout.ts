import { HysdsSettings } from "../../settings/settings";
import type { WorkloadOverride } from "../../settings/topics/workload-fields";
import { ContainerResources, Size, WorkerSpec } from "./workload-spec";

/** How the processes of a queue are dealt over pods. */
export interface Layout {
    readonly replicas: number;
    readonly processesPerPod: number;
    /** `single`: Celery with one child; `prefork`: with several; `supervisord`: several Celeries of one child. */
    readonly model: "single" | "prefork" | "supervisord";
}

type LayoutSettings = Pick<HysdsSettings, "parallelismPercent" | "size" | "processModel">;

/** What a Celery process costs before it runs a task: imports of hysds.orchestrator, boto3 and the search clients. */
const PARENT_MIB = 96;
/** What a forked child adds: most of its parent's pages stay shared. */
const CHILD_MIB = 32;

/**
 * Replicas and processes per pod of a built-in queue: `parallelismPercent` of the VM era's processes, rounded, at
 * least one, never fewer in total than asked. Size `standard` deals two or more processes over two or more pods, so
 * that a lost node does not stop a queue. Queues that run jobs never prefork: each of their Celeries keeps
 * `--concurrency=1`, so that a job's worker name is its own.
 *
 * @param override pods, and processes of each, where the stack says them
 */
export function workerLayout(
    spec: WorkerSpec,
    settings: LayoutSettings,
    override: Pick<WorkloadOverride, "replicas" | "processes"> = {},
): Layout {
    if (spec.replicas !== undefined) {
        return { replicas: spec.replicas, processesPerPod: 1, model: "single" };
    }
    const total = Math.max(1, Math.round((spec.vmProcesses * settings.parallelismPercent) / 100));
    const minimum = settings.size === "standard" && total > 1 ? 2 : 1;
    const replicas =
        override.replicas ??
        Math.max(minimum, Math.ceil(total / (override.processes ?? spec.processesPerPod)));
    const processesPerPod = override.processes ?? Math.ceil(total / replicas);
    return { replicas, processesPerPod, model: processModel(spec, processesPerPod, settings) };
}

function processModel(
    spec: WorkerSpec,
    processesPerPod: number,
    settings: LayoutSettings,
): Layout["model"] {
    if (processesPerPod === 1) {
        return "single";
    }
    return spec.jobs ? "supervisord" : settings.processModel;
}

/** Resources of the Celery container; the containers of jobs have their own, `JobResources`. */
export function workerResources(layout: Layout, size: Size): ContainerResources {
    const { processesPerPod, model } = layout;
    const parents = model === "supervisord" ? processesPerPod : 1;
    const memory = PARENT_MIB * parents + CHILD_MIB * processesPerPod;
    const cpuEach = size === "small" ? 10 : 50;
    return {
        cpu: 15 + cpuEach * processesPerPod,
        memory,
        cpuLimit: 500 + 250 * processesPerPod,
        memoryLimit: memory + 256 + 128 * processesPerPod,
    };
}
