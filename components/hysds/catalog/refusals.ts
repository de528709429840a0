import type { WorkloadOverride } from "../../settings/topics/workload-fields";
import { WorkloadSpec } from "./workload-spec";

type Field = keyof WorkloadOverride;

/** What decides, beside the workload itself, whether a field means something. */
export interface Circumstances {
    readonly size: "small" | "standard";
    readonly autoscaling: "none" | "keda";
}

/**
 * Why a field of `hysds:workloads` can't be said of a workload, as it would break what HySDS relies on or do nothing: a
 * clause; undefined where it can.
 */
export function refusal(
    spec: WorkloadSpec,
    field: Field,
    circumstances: Circumstances,
): string | undefined {
    if (spec.kind === "sidecar") {
        return ofSidecar(spec.sizes.includes(circumstances.size), field, circumstances.size);
    }
    if (spec.kind === "worker" && spec.pool) {
        const said = POOL_FIELDS[field];
        return said && `a worker pool has it as ${said} in hysds:workers`;
    }
    switch (field) {
        case "replicas":
        case "maxReplicas":
            return alone(spec) ?? ofReplicas(spec, field, circumstances);
        case "processes":
            return alone(spec) ?? ofProcesses(spec);
        default:
            return undefined;
    }
}

const POOL_FIELDS: Partial<Record<Field, string>> = {
    replicas: "minReplicas",
    maxReplicas: "maxReplicas",
    processes: "maxReplicas, as each of its pods runs one job,",
    resources: "cpu and memory",
};

function ofSidecar(runs: boolean, field: Field, size: string): string | undefined {
    if (!runs) {
        return `it does not run where size is ${size}`;
    }
    return field === "resources"
        ? undefined
        : "it is a container in the pods of job workers: say it of those, and of this one its resources alone";
}

function alone({ single }: WorkloadSpec): string | undefined {
    return single === undefined ? undefined : `there is one of it: ${single}`;
}

function ofReplicas(
    spec: WorkloadSpec,
    field: "replicas" | "maxReplicas",
    { autoscaling }: Circumstances,
): string | undefined {
    if (spec.kind === "node-agent") {
        return "there is one on every node of jobs";
    }
    return spec.kind === "worker" && field === "maxReplicas" && autoscaling === "none"
        ? "nothing scales queues while hysds:autoscaling is none"
        : undefined;
}

function ofProcesses(spec: WorkloadSpec): string | undefined {
    const hasSeveral = spec.kind === "worker" || (spec.kind === "service" && spec.webWorkers);
    return hasSeveral ? undefined : "each of its pods is one process by design";
}
