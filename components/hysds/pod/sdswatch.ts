import * as k8s from "@pulumi/kubernetes";
import { restrictedContainer } from "../../kubernetes/security";
import { HysdsContext } from "../context";
import { imageReference } from "../images";
import { LOGSTASH_COMMAND, logstashEnvironment, logstashProbes } from "../workloads/logstash";
import { resourceRequirements } from "./resources";
import { SidecarSpec } from "../catalog/workload-spec";
import { Mounted, workloadVolumes } from "./volumes";

/** The paths that the pipeline reads: hysds/configs/logstash/sdswatch_client.conf. */
const JOBS_DIRECTORY = "/sdswatch/jobs";

/** A sidecar that follows the SDSWatch logs of the jobs in its pod. */
export interface SdswatchSidecar {
    readonly container: k8s.types.input.core.v1.Container;
    readonly volumes: Mounted["volumes"];
}

/**
 * The sdswatch client as a native sidecar of a job worker, so that it outlives the worker's last job. It reads the
 * work directory's `jobs` at the depth that its pipeline expects. Its cursor lives as long as the logs: with the pod.
 *
 * @param workVolume the volume of the worker's work directory
 */
export function sdswatchSidecar(
    context: HysdsContext,
    spec: SidecarSpec,
    workVolume: string,
): SdswatchSidecar {
    const size = context.settings.hysds.size;
    const mounted = prefixed(workloadVolumes(context, spec), `${spec.name}-`);
    const probes = logstashProbes();
    const jobs = { name: workVolume, mountPath: JOBS_DIRECTORY, subPath: "jobs", readOnly: true };
    return {
        volumes: mounted.volumes,
        container: {
            name: spec.name,
            image: imageReference(spec.image, context.settings),
            restartPolicy: "Always",
            command: [...LOGSTASH_COMMAND],
            env: Object.entries(logstashEnvironment(spec.heapMiB, size)).map(([name, value]) => ({
                name,
                value,
            })),
            resources: resourceRequirements(spec.resources[size]),
            // No startup probe: a sidecar's holds back the worker until it passes.
            livenessProbe: { ...probes.liveness, initialDelaySeconds: 300 },
            readinessProbe: probes.readiness,
            securityContext: restrictedContainer(),
            volumeMounts: [...mounted.mounts, jobs],
        },
    };
}

/** The same volumes under names of their own, beside the worker's in one pod. */
function prefixed({ volumes, mounts }: Mounted, prefix: string): Mounted {
    return {
        volumes: volumes.map((volume) => ({ ...volume, name: `${prefix}${volume.name}` })),
        mounts: mounts.map((mount) => ({ ...mount, name: `${prefix}${mount.name}` })),
    };
}
