import { mebibytes, millicores } from "../../settings/quantity";
import type { PodOverride, WorkloadOverride } from "../../settings/topics/workload-fields";
import {
    ContainerResources,
    LogstashSpec,
    PerSize,
    ServiceSpec,
    SidecarSpec,
    WorkloadSpec,
} from "./workload-spec";

/** A description with what the stack says of it in the place of what the catalogue says. */
export function overridden(spec: WorkloadSpec, override: WorkloadOverride): WorkloadSpec {
    const pod = podOverride(override);
    switch (spec.kind) {
        case "service":
            return { ...spec, pod, ...numbers(spec, override), ...webWorkers(spec, override) };
        case "logstash":
            return { ...spec, pod, ...numbers(spec, override), ...heap(spec, override) };
        case "sidecar":
            return {
                ...spec,
                resources: resources(spec.resources, override),
                ...heap(spec, override),
            };
        case "worker":
            return { ...spec, pod };
        default:
            return { ...spec, pod, resources: resources(spec.resources, override) };
    }
}

function podOverride(override: WorkloadOverride): PodOverride {
    const { env, envFrom, annotations, labels, volumes } = override;
    const { nodeSelector, tolerations, affinity, priorityClass } = override;
    const placement = { nodeSelector, tolerations, affinity, priorityClass };
    return { env, envFrom, annotations, labels, volumes, ...placement };
}

function same<T>(value: T): PerSize<T> {
    return { small: value, standard: value };
}

function numbers(
    spec: ServiceSpec | LogstashSpec,
    override: WorkloadOverride,
): Pick<ServiceSpec, "replicas" | "maxReplicas" | "resources"> {
    const { replicas, maxReplicas } = override;
    return {
        replicas: replicas === undefined ? spec.replicas : same(replicas),
        maxReplicas,
        resources: resources(spec.resources, override),
    };
}

function webWorkers(
    spec: ServiceSpec,
    { processes }: WorkloadOverride,
): Pick<ServiceSpec, "webWorkers"> {
    return { webWorkers: processes === undefined ? spec.webWorkers : same(processes) };
}

/** The JVM's heap is half of the memory, as in the catalogue: logstashResources of shapes.ts. */
function heap(
    spec: LogstashSpec | SidecarSpec,
    override: WorkloadOverride,
): Pick<LogstashSpec, "heapMiB"> {
    const memory = override.resources?.requests?.memory;
    return {
        heapMiB: memory === undefined ? spec.heapMiB : same(Math.floor(mebibytes(memory) / 2)),
    };
}

function resources(
    base: PerSize<ContainerResources>,
    override: WorkloadOverride,
): PerSize<ContainerResources> {
    return {
        small: mergedResources(base.small, override),
        standard: mergedResources(base.standard, override),
    };
}

/** Requests and limits of the catalogue, but for what the stack says. */
export function mergedResources(
    base: ContainerResources,
    { resources: given }: WorkloadOverride,
): ContainerResources {
    const { requests = {}, limits = {} } = given ?? {};
    return {
        cpu: requests.cpu === undefined ? base.cpu : millicores(requests.cpu),
        memory: requests.memory === undefined ? base.memory : mebibytes(requests.memory),
        cpuLimit: limits.cpu === undefined ? base.cpuLimit : millicores(limits.cpu),
        memoryLimit: limits.memory === undefined ? base.memoryLimit : mebibytes(limits.memory),
    };
}
