import { Layout } from "./layout";
import { QueueScaling } from "./scaling";
import { ContainerResources, ServiceSpec, WorkerSpec, WorkloadSpec } from "./workload-spec";

/** The workers of a queue in a stack: how many, and between which numbers something moves them. */
export interface Worker extends WorkerSpec {
    readonly layout: Layout;
    /** Of the Celery container; the containers of jobs have their own. */
    readonly resources: ContainerResources;
    /** Absent where their number is fixed. */
    readonly scaling?: QueueScaling;
}

/** A workload of a stack. */
export type Workload = Exclude<WorkloadSpec, WorkerSpec> | Worker;

/** Where a HySDS service listens inside the cluster. */
export interface ServiceAddress {
    readonly name: string;
    readonly namespace: string;
    readonly port: number;
}

/** The HTTP services. */
export function services(workloads: readonly Workload[]): readonly ServiceSpec[] {
    return workloads.filter((workload): workload is ServiceSpec => workload.kind === "service");
}

/**
 * One of the HTTP services.
 *
 * @throws Error when there is none of that name
 */
export function serviceNamed(workloads: readonly Workload[], name: string): ServiceSpec {
    const found = services(workloads).find((service) => service.name === name);
    if (!found) {
        throw new Error(`The catalogue has no service ${name}.`);
    }
    return found;
}

/** Its address in the namespace of the services, where all of them are. */
export function addressOf({ name, port }: ServiceSpec, namespace: string): ServiceAddress {
    return { name, namespace, port };
}

/** The workers of all queues. */
export function workers(workloads: readonly Workload[]): readonly Worker[] {
    return workloads.filter((workload): workload is Worker => workload.kind === "worker");
}

/** Whether its processes run jobs, which start containers. */
export function runsJobs(spec: WorkloadSpec): boolean {
    return spec.kind === "worker" && spec.jobs !== undefined;
}

/** The queues that HySDS consumes, each once. */
export function queues(workloads: readonly Workload[]): readonly Worker[] {
    return [...new Map(workers(workloads).map((worker) => [worker.queue, worker])).values()];
}

/** Names of the queues of `hysds.job_worker.run_job`, which alone needs datasets.json. */
export function jobQueueNames(workloads: readonly Workload[]): readonly string[] {
    return workers(workloads).flatMap(({ files, queue }) =>
        files.includes("datasets.json") ? [queue] : [],
    );
}
