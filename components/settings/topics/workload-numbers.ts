import { workerLayout, workerResources } from "../../hysds/catalog/layout";
import { mergedResources } from "../../hysds/catalog/overrides";
import type { ContainerResources, WorkloadSpec } from "../../hysds/catalog/workload-spec";
import { Finding, set } from "../rule";
import type { Values } from "../schema";
import type { WorkloadOverride } from "./workload-fields";

/** Numbers of a workload that do not go together: fewer at most than at least, limits below requests. */
export function numberFindings(
    at: string,
    spec: WorkloadSpec,
    override: WorkloadOverride,
    values: Values,
): readonly Finding[] {
    const { replicas, resources } = usual(spec, override, values);
    const { maxReplicas } = override;
    return [
        ...(maxReplicas !== undefined && replicas !== undefined && maxReplicas <= replicas
            ? [
                  {
                      at: `${at}.maxReplicas`,
                      reason: `it rests at ${replicas} already`,
                      allowed: `${replicas + 1} or more`,
                      fixes: [set(`${at}.maxReplicas`, replicas + 1)],
                  },
              ]
            : []),
        ...(override.resources === undefined ? [] : amounts(`${at}.resources`, resources)),
    ];
}

function amounts(at: string, resources: ContainerResources): readonly Finding[] {
    const { cpu, cpuLimit, memory, memoryLimit } = resources;
    return [
        ...(cpu > cpuLimit ? [tooLow(`${at}.limits.cpu`, `${cpuLimit}m`, `${cpu}m`)] : []),
        ...(memory > memoryLimit
            ? [tooLow(`${at}.limits.memory`, `${memoryLimit}Mi`, `${memory}Mi`)]
            : []),
    ];
}

function tooLow(at: string, limit: string, request: string): Finding {
    return {
        at,
        reason: `the limit is ${limit}, below the request`,
        allowed: `${request} or more`,
        fixes: [set(at, request)],
    };
}

interface Usual {
    /** Pods at rest. */
    readonly replicas?: number;
    readonly resources: ContainerResources;
}

function usual(spec: WorkloadSpec, override: WorkloadOverride, values: Values): Usual {
    const { size } = values;
    if (spec.kind === "worker") {
        const layout = workerLayout(spec, values, override);
        const resources = mergedResources(workerResources(layout, size), override);
        return { resources, replicas: spec.jobs ? override.replicas : layout.replicas };
    }
    const resources = mergedResources(spec.resources[size], override);
    return "replicas" in spec
        ? { resources, replicas: override.replicas ?? spec.replicas[size] }
        : { resources };
}
