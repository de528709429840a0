import * as k8s from "@pulumi/kubernetes";
import { execProbe, startupProbe } from "../../kubernetes/probes";
import { Settings } from "../../settings/settings";
import { imageReference } from "../images";
import { HYSDS_UID, JOB_DIRECTORIES, RUNTIME_DIRECTORY } from "./paths";
import { resourceRequirements } from "./resources";
import { ContainerResources } from "../catalog/workload-spec";
import { Mounted } from "./volumes";

type Container = k8s.types.input.core.v1.Container;

/** What differs between the engines. */
interface Engine {
    readonly image: "podman" | "docker";
    readonly socket: string;
    /** Starts the engine; the socket's directory exists. */
    readonly start: string;
    /** How HySDS calls its client. */
    readonly client: string;
    readonly uid: number;
    readonly home: string;
    /** Where it keeps images and the containers' own layers. */
    readonly storage: string;
}

/** HySDS calls podman by this very path: hysds/containers/podman.py. */
const PODMAN_SOCKET = `${RUNTIME_DIRECTORY}/podman/podman.sock`;
/** And docker by DOCKER_HOST, and for jobs by XDG_RUNTIME_DIR: hysds/containers/docker.py. */
const DOCKER_SOCKET = `${RUNTIME_DIRECTORY}/docker.sock`;

const PODMAN_VOLUME = "/home/podman/.local/share/containers";

/**
 * Where images and layers are, and how layers are stacked, as quay.io/podman/stable configures it for root. Said here,
 * because a storage.conf that names root's paths, as that image has had one in its user's home, leaves none to a user.
 * https://github.com/containers/image_build/blob/main/podman/Containerfile
 */
const PODMAN_STORAGE = [
    `--root=${PODMAN_VOLUME}/storage`,
    `--runroot=${RUNTIME_DIRECTORY}/containers`,
    "--storage-driver=overlay",
    "--storage-opt=overlay.mount_program=/usr/bin/fuse-overlayfs",
    "--storage-opt=overlay.mountopt=nodev,fsync=0",
];

const ENGINES: Readonly<Record<Settings["hysds"]["containerEngine"], Engine>> = {
    podman: {
        image: "podman",
        socket: PODMAN_SOCKET,
        start: `podman ${PODMAN_STORAGE.join(" ")} system service --time=0 unix://${PODMAN_SOCKET}`,
        client: `podman --remote --url unix:${PODMAN_SOCKET}`,
        // Rootless: root inside a job is this user outside, who owns the work directory.
        uid: HYSDS_UID,
        home: "/home/podman",
        storage: PODMAN_VOLUME,
    },
    docker: {
        image: "docker",
        socket: DOCKER_SOCKET,
        start: `dockerd-entrypoint.sh dockerd --host=unix://${DOCKER_SOCKET} --group=${HYSDS_UID}`,
        client: "docker",
        uid: 0,
        home: "/root",
        storage: "/var/lib/docker",
    },
};

export interface EngineSidecarArgs {
    readonly settings: Settings;
    /** Of all containers of jobs in the pod: they run inside this container's cgroup. */
    readonly resources: ContainerResources;
    /** Room for images, GiB. */
    readonly storageGiB: number;
    /** What jobs mount: at the same paths as in the worker, because the worker names paths and the engine opens them. */
    readonly shared: Mounted["mounts"];
}

/** The engine in a job worker's pod, and what its worker needs to find it. */
export interface EngineSidecar {
    readonly container: Container;
    readonly volumes: Mounted["volumes"];
    readonly workerMounts: Mounted["mounts"];
    readonly workerEnvironment: Readonly<Record<string, string>>;
}

// Above RUNTIME_DIRECTORY: podman wants XDG_RUNTIME_DIR to be its own, and the root of an emptyDir is root's.
const RUNTIME_VOLUME = { name: "engine-runtime", mountPath: "/run/user" };

/**
 * The container engine of a job worker as a native sidecar: Kubernetes starts it before the worker, and ends it after
 * the worker has finished its job (https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/), so that a
 * warm shutdown does not lose the job's container. It alone is privileged, to make namespaces, mounts and cgroups; the
 * worker is not.
 */
export function engineSidecar(args: EngineSidecarArgs): EngineSidecar {
    const engine = ENGINES[args.settings.hysds.containerEngine];
    return {
        container: engineContainer(engine, args),
        volumes: [
            { name: RUNTIME_VOLUME.name, emptyDir: { sizeLimit: "64Mi" } },
            { name: "engine-storage", emptyDir: { sizeLimit: `${args.storageGiB}Gi` } },
        ],
        workerMounts: [RUNTIME_VOLUME],
        workerEnvironment: {
            XDG_RUNTIME_DIR: RUNTIME_DIRECTORY,
            HYSDS_ENGINE_CLIENT: engine.client,
            ...(engine.image === "docker" ? { DOCKER_HOST: `unix://${engine.socket}` } : {}),
        },
    };
}

/** Makes a job's mounts for the worker's user, whoever the engine runs as, before anything can start a container. */
function startScript(engine: Engine): string {
    const owner = `-o ${HYSDS_UID} -g ${HYSDS_UID}`;
    return [
        `install -d ${owner} ${JOB_DIRECTORIES.join(" ")}`,
        `mkdir -p "$(dirname ${engine.socket})"`,
        `exec ${engine.start}`,
    ].join(" && ");
}

function engineContainer(engine: Engine, args: EngineSidecarArgs): Container {
    const listens = execProbe(["test", "-S", engine.socket]);
    return {
        name: engine.image,
        image: imageReference(engine.image, args.settings),
        restartPolicy: "Always",
        command: ["sh", "-c", startScript(engine)],
        env: [
            { name: "HOME", value: engine.home },
            { name: "XDG_RUNTIME_DIR", value: RUNTIME_DIRECTORY },
        ],
        resources: resourceRequirements(args.resources),
        // No liveness: a restart would kill the containers of running jobs.
        startupProbe: startupProbe(listens, 120),
        readinessProbe: listens,
        securityContext: {
            privileged: true,
            runAsUser: engine.uid,
            runAsGroup: engine.uid,
            runAsNonRoot: engine.uid !== 0,
        },
        volumeMounts: [
            ...args.shared,
            RUNTIME_VOLUME,
            { name: "engine-storage", mountPath: engine.storage },
        ],
    };
}
