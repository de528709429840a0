import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { FILE_PATHS } from "../configuration";
import { lameDuck } from "../../kubernetes/lame-duck";
import { ContainerArgs, PodArgs } from "../../kubernetes/workload";
import { Placement } from "../../platform/platform";
import { HysdsContext } from "../context";
import { imageReference, isPythonImage } from "../images";
import { CONFIGURATION_DIRECTORY, HOME_DIRECTORY, HYSDS_UID, PROBES_DIRECTORY } from "./paths";
import { resourceRequirements } from "./resources";
import { ContainerResources, WorkloadSpec } from "../catalog/workload-spec";
import { ownVolumes, placed } from "./overrides";
import { Mounted, joined, workloadVolumes } from "./volumes";

type EnvVar = k8s.types.input.core.v1.EnvVar;
type Probe = k8s.types.input.core.v1.Probe;

/** How a workload's process is run and watched. */
export interface MainContainer {
    readonly command: readonly string[];
    readonly resources: ContainerResources;
    /** Node disk to reserve. */
    readonly diskGiB?: number;
    readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
    /** Variables that Kubernetes fills in, by field path. */
    readonly fields?: Readonly<Record<string, string>>;
    readonly port?: number;
    readonly startup?: Probe;
    readonly liveness?: Probe;
    readonly readiness: Probe;
    /** Seconds to go on serving after SIGTERM is due, while endpoints forget the pod. */
    readonly lameDuckSeconds?: number;
}

/** What a pod has beside its main container. */
export interface PodAdditions {
    readonly placement: Placement;
    readonly extra?: Mounted;
    /** Init containers in order; the native sidecars among them end after the main container. */
    readonly sidecars?: readonly ContainerArgs[];
    readonly annotations?: Record<string, string>;
}

/** The pod of a workload, with its own scratch space. */
export function podTemplate(
    context: HysdsContext,
    spec: WorkloadSpec,
    main: MainContainer,
    additions: PodAdditions,
): PodArgs {
    const { placement, extra, sidecars, annotations } = additions;
    const { pod = {} } = spec;
    const mounted = joined([
        workloadVolumes(context, spec),
        extra ?? { volumes: [], mounts: [] },
        ownVolumes(pod),
    ]);
    return {
        uid: HYSDS_UID,
        ...placed(placement, pod),
        labels: pod.labels,
        annotations: pod.annotations ? { ...pod.annotations, ...annotations } : annotations,
        serviceAccountName: context.identityOf(spec).serviceAccountName,
        graceSeconds: spec.graceSeconds,
        spread: true,
        initContainers: sidecars,
        containers: [mainContainer(context, spec, main, mounted)],
        volumes: mounted.volumes,
    };
}

function mainContainer(
    context: HysdsContext,
    spec: WorkloadSpec,
    main: MainContainer,
    { mounts }: Mounted,
): ContainerArgs {
    const { lameDuckSeconds, port } = main;
    return {
        name: spec.name,
        image: workloadImage(context, spec),
        command: [...main.command],
        workingDir: spec.directory,
        env: environment(spec, main),
        envFrom: spec.pod?.envFrom && [...spec.pod.envFrom],
        ports: port === undefined ? undefined : [{ name: "http", containerPort: port }],
        resources: resourceRequirements(main.resources, main.diskGiB),
        startupProbe: main.startup,
        livenessProbe: main.liveness,
        readinessProbe: main.readiness,
        lifecycle: lameDuckSeconds ? lameDuck(lameDuckSeconds) : undefined,
        volumeMounts: [...mounts],
    };
}

function workloadImage({ settings }: HysdsContext, spec: WorkloadSpec): pulumi.Input<string> {
    const own = spec.kind === "worker" ? spec.imageReference : undefined;
    return own ?? imageReference(spec.image, settings);
}

const PYTHON_ENVIRONMENT = {
    HOME: HOME_DIRECTORY,
    PYTHONPATH: `${CONFIGURATION_DIRECTORY}:${PROBES_DIRECTORY}`,
    PYTHONUNBUFFERED: "1",
    HYSDS_CELERY_CFG: FILE_PATHS["celeryconfig.py"],
};

function environment(spec: WorkloadSpec, main: MainContainer): EnvVar[] {
    const values = {
        ...(isPythonImage(spec.image) ? PYTHON_ENVIRONMENT : {}),
        ...spec.environment,
        ...main.environment,
        ...spec.pod?.env,
    };
    return [
        ...Object.entries(values).map(([name, value]) => ({ name, value })),
        ...Object.entries(main.fields ?? {}).map(([name, fieldPath]) => ({
            name,
            valueFrom: { fieldRef: { fieldPath } },
        })),
    ];
}

/**
 * HySDS's search clients want `~/.netrc-os` with mode 0600, and change the mode of any other, which a mounted Secret
 * refuses: files of a volume with an fsGroup are always readable by that group. So the process starts from a copy.
 * https://github.com/hysds/hysds_commons/blob/develop/hysds_commons/search_utils.py
 */
const COPY_NETRC = `install -m 600 ${FILE_PATHS["netrc-os"]} ${HOME_DIRECTORY}/.netrc-os && exec "$@"`;

/** A Python process of HySDS, below an init that passes SIGTERM to it alone and reaps what jobs leave behind. */
export function hysdsProcess(spec: WorkloadSpec, command: readonly string[]): string[] {
    const prepared = spec.files.includes("netrc-os") ? ["sh", "-c", COPY_NETRC, "sh"] : [];
    return ["tini", "--", ...prepared, ...command];
}
