import * as k8s from "@pulumi/kubernetes";
import { ContainerResources } from "./types";

/** Requests and limits of a container. */
export function resourceRequirements(
    resources: ContainerResources,
): k8s.types.input.core.v1.ResourceRequirements {
    const { cpu, memory, cpuLimit, memoryLimit } = resources;
    return {
        requests: { cpu: `${cpu}m`, memory: `${memory}Mi` },
        limits: { cpu: `${cpuLimit}m`, memory: `${memoryLimit}Mi` },
    };
}
