import * as k8s from "@pulumi/kubernetes";
import { ContainerResources } from "../catalog/workload-spec";

/**
 * Requests and limits of a container.
 *
 * @param diskGiB room on the node's disk to reserve for its volumes, so that pods whose disks do not fit together are
 *     not put together; their own size limits are the volumes'
 */
export function resourceRequirements(
    resources: ContainerResources,
    diskGiB?: number,
): k8s.types.input.core.v1.ResourceRequirements {
    const { cpu, memory, cpuLimit, memoryLimit } = resources;
    return {
        requests: {
            cpu: `${cpu}m`,
            memory: `${memory}Mi`,
            ...(diskGiB === undefined ? {} : { "ephemeral-storage": `${diskGiB}Gi` }),
        },
        limits: { cpu: `${cpuLimit}m`, memory: `${memoryLimit}Mi` },
    };
}
