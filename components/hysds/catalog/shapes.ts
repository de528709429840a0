import { mebibytes, millicores } from "../../settings/quantity";
import { WorkerPoolSettings } from "../../settings/settings";
import { ConfigurationFile, FILE_PATHS } from "../configuration";
import { HYSDS_CHECKOUT, SCRIPTS_DIRECTORY, WORK_DIRECTORY, checkout } from "../pod/paths";
import {
    ContainerResources,
    JobResources,
    PerSize,
    ServiceSpec,
    SingletonSpec,
    WorkerSpec,
} from "./workload-spec";

/** What every Python process that asks a search cluster reads. */
export const SEARCH_CLIENT: readonly ConfigurationFile[] = ["celeryconfig.py", "netrc-os"];

/** JVM heap of the two indexers. */
export const INDEXER_HEAP = { small: 192, standard: 1024 };

/** Longest wait for a process that finishes what it has in hand within seconds. */
export const SHORT_GRACE = 60;

/** Python processes answer within a small share of a CPU and burst when they import or render. */
export function python(small: number, standard: number): PerSize<ContainerResources> {
    return {
        small: { cpu: 25, memory: small, cpuLimit: 1000, memoryLimit: 4 * small },
        standard: { cpu: 100, memory: standard, cpuLimit: 2000, memoryLimit: 4 * standard },
    };
}

/** The JVM's heap fixed at both ends, with the same again for everything beside it; more events need more of both. */
export function logstashResources(heapMiB: PerSize<number>): PerSize<ContainerResources> {
    const sized = (heap: number): ContainerResources => ({
        cpu: 100 + Math.round(heap / 8),
        memory: 2 * heap,
        cpuLimit: 2000,
        memoryLimit: 2 * heap + 256,
    });
    return { small: sized(heapMiB.small), standard: sized(heapMiB.standard) };
}

/**
 * gunicorn as HySDS starts it: gevent workers (their number comes from WEB_CONCURRENCY), requests of up to an hour,
 * request lines of any length because queries travel in them.
 */
export function gunicorn(application: string, port: number): string[] {
    return [
        "gunicorn",
        `--bind=0.0.0.0:${port}`,
        "--worker-class=gevent",
        "--worker-tmp-dir=/tmp",
        "--timeout=3600",
        `--graceful-timeout=${SHORT_GRACE}`,
        "--limit-request-line=0",
        application,
    ];
}

type Given<Spec, Defaulted extends keyof Spec> = Omit<Spec, "kind" | Defaulted> &
    Partial<Pick<Spec, Defaulted>>;

type RestApi = Given<
    Omit<ServiceSpec, "operated">,
    "clients" | "afterBootstrap" | "graceSeconds" | "vmProcesses" | "directory"
>;

/** A Flask API of HySDS: mounts its settings.cfg beside celeryconfig.py. */
export function restApi<const Name extends string>(
    spec: RestApi & { readonly name: Name },
): ServiceSpec & { readonly name: Name; readonly operated: true } {
    return {
        kind: "service",
        clients: "hysds",
        operated: true,
        afterBootstrap: true,
        vmProcesses: 1,
        // gunicorn's own grace, and half a minute for endpoints to forget the pod and for a busy node.
        graceSeconds: SHORT_GRACE + 30,
        directory: checkout(spec.image),
        ...spec,
    };
}

/** A script of hysds/scripts of which exactly one runs. */
export function script(
    spec: Given<
        SingletonSpec,
        "image" | "files" | "vmProcesses" | "graceSeconds" | "resources" | "single"
    >,
): SingletonSpec {
    return {
        kind: "singleton",
        single: "two would do everything twice",
        image: "core",
        files: SEARCH_CLIENT,
        vmProcesses: 1,
        graceSeconds: 30,
        directory: SCRIPTS_DIRECTORY,
        resources: python(96, 192),
        ...spec,
    };
}

/** A Celery queue whose tasks take seconds. */
export function queue(
    spec: Given<WorkerSpec, "image" | "files" | "processesPerPod" | "graceSeconds">,
): WorkerSpec {
    return {
        kind: "worker",
        image: "core",
        files: SEARCH_CLIENT,
        processesPerPod: 16,
        graceSeconds: 300,
        directory: HYSDS_CHECKOUT,
        ...spec,
    };
}

/**
 * A Celery queue of `hysds.task_worker.run_task`, which makes `tasks` below the work directory and enters it before it
 * does anything else, though its functions write nothing there.
 */
export function taskQueue(spec: Parameters<typeof queue>[0]): WorkerSpec {
    return queue({ writes: [WORK_DIRECTORY], ...spec });
}

const JOB_FILES: readonly ConfigurationFile[] = [...SEARCH_CLIENT, "datasets.json"];

/**
 * A Celery queue of `hysds.job_worker.run_job`.
 *
 * @param graceSeconds the longest job: a pod ends after the job that it runs
 */
export function jobQueue(
    spec: Given<WorkerSpec, "image" | "files" | "processesPerPod"> & {
        readonly jobs: JobResources;
    },
): WorkerSpec {
    return {
        kind: "worker",
        image: "verdi",
        files: JOB_FILES,
        processesPerPod: 1,
        directory: HYSDS_CHECKOUT,
        modules: ["job_leftovers"],
        ...spec,
        environment: { HYSDS_DATASETS_CFG: FILE_PATHS["datasets.json"], ...spec.environment },
    };
}

type Limits = readonly [cpu: number, memory: number, cpuLimit: number, memoryLimit: number];

/** Millicores and MiB that all jobs of one pod may use together. */
export function jobLimits(small: Limits, standard: Limits): PerSize<ContainerResources> {
    const named = ([cpu, memory, cpuLimit, memoryLimit]: Limits): ContainerResources => ({
        cpu,
        memory,
        cpuLimit,
        memoryLimit,
    });
    return { small: named(small), standard: named(standard) };
}

/** A pool of the project's own workers: one job a pod, with all that the pool gives a job reserved for it. */
export function verdiPool(pool: WorkerPoolSettings): WorkerSpec {
    const cpu = millicores(pool.cpu);
    const memory = mebibytes(pool.memory);
    const limits: Limits = [cpu, memory, cpu, memory];
    return jobQueue({
        component: "verdi",
        name: pool.name,
        what: `Jobs of queue ${pool.queue}`,
        queue: pool.queue,
        nodeName: pool.queue,
        vmProcesses: 0,
        pool,
        replicas: pool.minReplicas,
        maxReplicas: pool.maxReplicas,
        ...(pool.image === undefined ? {} : { imageReference: pool.image }),
        graceSeconds: pool.timeoutHours * 3600,
        jobs: {
            resources: jobLimits(limits, limits),
            workDiskGiB: { small: pool.diskGiB, standard: pool.diskGiB },
        },
    });
}
