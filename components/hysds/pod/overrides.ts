import { PodArgs } from "../../kubernetes/workload";
import { Placement } from "../../platform/platform";
import type { PodOverride } from "../../settings/topics/workload-fields";
import { Mounted } from "./volumes";

/** Where pods go: what the platform says, and what the stack adds by `hysds:workloads`. */
export function placed(
    placement: Placement,
    { nodeSelector, tolerations, affinity, priorityClass }: PodOverride,
): Pick<PodArgs, "placement" | "affinity" | "priorityClass"> {
    const nodes: Placement = {
        ...placement,
        ...(nodeSelector ? { nodeSelector: { ...placement.nodeSelector, ...nodeSelector } } : {}),
        ...(tolerations ? { tolerations: [...(placement.tolerations ?? []), ...tolerations] } : {}),
    };
    return { placement: nodes, affinity, priorityClass };
}

/** The stack's own volumes, under names that no other volume of the pod has. */
export function ownVolumes({ volumes = [] }: PodOverride): Mounted {
    const nameOf = (name: string): string => `own-${name}`;
    return {
        volumes: volumes.map(({ name, configMap, secret, persistentVolumeClaim, emptyDir }) => ({
            name: nameOf(name),
            configMap,
            secret,
            persistentVolumeClaim,
            emptyDir,
        })),
        mounts: volumes.map(({ name, mountPath, readOnly }) => ({
            name: nameOf(name),
            mountPath,
            readOnly,
        })),
    };
}
