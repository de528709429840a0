import * as pulumi from "@pulumi/pulumi";
import { ContainerArgs } from "../../kubernetes/workload";
import { bundle } from "./bundle";
import { engineSidecar } from "./container-engine";
import { HysdsContext } from "../context";
import { clientFiles, withClient } from "./engine-client";
import { jobIdentity } from "../access/identity";
import { objectStoreFiles } from "../access/object-store";
import { filesOf, mountedFiles } from "../access/worker-files";
import { HOME_DIRECTORY, HYSDS_UID, PROBES_DIRECTORY, WORK_DIRECTORY } from "./paths";
import { registryAccess } from "../access/registry";
import { sdswatchSidecar } from "./sdswatch";
import { JobResources, WorkerSpec } from "../catalog/workload-spec";
import { Mounted, joined, workloadVolumes } from "./volumes";

/** What a worker that runs jobs in containers has beside an ordinary one. */
export interface JobPod {
    /** What starts before the worker, in order. */
    readonly sidecars: readonly ContainerArgs[];
    /** Volumes of the pod, and the mounts of the worker. */
    readonly mounted: Mounted;
    readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
    /** What the worker is started by. */
    readonly command: (command: readonly string[]) => readonly string[];
}

const WORK_VOLUME = "work";

/**
 * Variables of hysds/job_worker.py and hysds/containers. There is no host behind the worker whose paths would differ:
 * engine and worker mount the same volumes at the same paths.
 */
const JOB_ENVIRONMENT = {
    HYSDS_ROOT_WORK_DIR: WORK_DIRECTORY,
    HYSDS_GPU_AVAILABLE: "0",
    HOST_VERDI_HOME: HOME_DIRECTORY,
    HOST_USER: "ops",
    HOST_UID: `${HYSDS_UID}`,
};

/**
 * Shipped bundle, container engine, sdswatch client and work storage of a job worker. `/data/work` is an emptyDir: on the kubelet's
 * own disk (the instance store on nodes that have one), as fast as the node, of limited size, and gone with the pod,
 * as a job's results are in object storage by then and a job that is run again starts from nothing.
 */
export function jobPod(
    parent: pulumi.Resource,
    context: HysdsContext,
    spec: WorkerSpec,
    jobs: JobResources,
): JobPod {
    const { size } = context.settings.hysds;
    const work = workVolume(jobs.workDiskGiB[size]);
    const shipped = bundle(context, spec);
    const identity = jobIdentity(context.identityOf(spec));
    const files = joined([...filesForJobs(context, spec), ...mountedOf(shipped, identity)]);
    const engine = engineSidecar({
        settings: context.settings,
        resources: jobs.resources[size],
        storageGiB: jobs.workDiskGiB[size],
        shared: [...work.mounts, ...sharedWithJobs(context, spec), ...files.mounts],
    });
    const watchers = watchersOf(context);
    const registry = registryOf(parent, context, spec);
    const client = context.engineClient;
    return {
        sidecars: [shipped, engine, ...watchers].flatMap((each) => each?.container ?? []),
        mounted: joined([
            work,
            { volumes: engine.volumes, mounts: engine.workerMounts },
            { volumes: watchers.flatMap((watcher) => watcher.volumes), mounts: [] },
            ...mountedOf(registry),
            ...(client ? [clientFiles(client)] : []),
            files,
        ]),
        environment: {
            ...JOB_ENVIRONMENT,
            ...identity?.environment,
            ...engine.workerEnvironment,
            ...registry?.environment,
            ...shipped?.environment,
        },
        command: client ? withClient : (command) => command,
    };
}

function watchersOf(context: HysdsContext): readonly ReturnType<typeof sdswatchSidecar>[] {
    return context.jobSidecars
        .filter(({ sizes }) => sizes.includes(context.settings.hysds.size))
        .map((sidecar) => sdswatchSidecar(context, sidecar, WORK_VOLUME));
}

/** What job specifications import, and what opens the object store. */
function filesForJobs(context: HysdsContext, spec: WorkerSpec): readonly Mounted[] {
    const own = filesOf(context.workerFiles, spec);
    return [objectStoreFiles(context.objectStoreAccess, own), mountedFiles(own)];
}

function mountedOf(...parts: readonly ({ mounted: Mounted } | undefined)[]): readonly Mounted[] {
    return parts.flatMap((part) => part?.mounted ?? []);
}

function registryOf(
    parent: pulumi.Resource,
    { platform, namespaces, settings }: HysdsContext,
    { name }: WorkerSpec,
): ReturnType<typeof registryAccess> {
    return registryAccess(
        `${name}-registry`,
        { platform, namespace: namespaces.jobs, registry: settings.images.registry },
        parent,
    );
}

function workVolume(sizeGiB: number): Mounted {
    return {
        volumes: [{ name: WORK_VOLUME, emptyDir: { sizeLimit: `${sizeGiB}Gi` } }],
        mounts: [{ name: WORK_VOLUME, mountPath: WORK_DIRECTORY }],
    };
}

/** The worker's configuration and home: jobs mount celeryconfig.py, datasets.json and files of `$HOME`. */
function sharedWithJobs(context: HysdsContext, spec: WorkerSpec): Mounted["mounts"] {
    const ownOfWorker = ["/tmp", PROBES_DIRECTORY];
    return workloadVolumes(context, spec).mounts.filter(
        ({ mountPath }) => !ownOfWorker.some((path) => path === mountPath),
    );
}
