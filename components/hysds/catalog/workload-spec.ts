import { HysdsComponentName } from "../../../contract/labels";
import { HysdsSettings, WorkerPoolSettings } from "../../settings/settings";
import type { PodOverride } from "../../settings/topics/workload-fields";
import { ConfigurationFile } from "../configuration";
import { ImageName } from "../images";

export type Size = HysdsSettings["size"];
export type PerSize<T> = Readonly<Record<Size, T>>;

/** CPU in millicores, memory in MiB. */
export interface ContainerResources {
    readonly cpu: number;
    readonly memory: number;
    readonly cpuLimit: number;
    readonly memoryLimit: number;
}

/** What a pod needs to be of use; readiness asks them by name (probes/probe.py). */
export type Store = "broker" | "results" | "metrics" | "search-jobs" | "search-grq";

interface SpecBase {
    readonly component: HysdsComponentName;
    /** Kubernetes name of the workload and of its Service; unique in its namespace. */
    readonly name: string;
    /** What it does, for a reader of the table. */
    readonly what: string;
    readonly image: ImageName;
    /** Processes that HySDS's own supervisord started on the VM of this component. */
    readonly vmProcesses: number;
    /** Files it reads; a change of one rolls its pods and no others. */
    readonly files: readonly ConfigurationFile[];
    /** Directories it writes beside /tmp and its home: emptyDir, because none of it outlives the process. */
    readonly writes?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    readonly directory?: string;
    /** Why there is never a second one, not even while one replaces the other: shown to who asks for more. */
    readonly single?: string;
    /** What the stack says of its pods: `hysds:workloads`. */
    readonly pod?: PodOverride;
    /** It waits for the index templates: an index made before its template keeps wrong mappings. */
    readonly afterBootstrap?: boolean;
    /** Seconds between SIGTERM and SIGKILL. */
    readonly graceSeconds: number;
}

/** Where people and their browsers reach a service, through the gateway. */
export interface Route {
    /** Path prefix with a leading slash and without a trailing one: `/mozart`. */
    readonly prefix: string;
    /** On the gateway's start page, and in lower case the name of its URL among the stack's outputs. */
    readonly title: string;
    /**
     * `script-name`: the application takes the prefix off by itself, told by X-Script-Name. `own`: it is configured
     * with the prefix, as Kibana is by `server.basePath` and `server.rewriteBasePath`.
     */
    readonly prefixHandling: "script-name" | "own";
    /** Prefixes that it answers too, and where nobody goes by hand. */
    readonly further?: readonly string[];
}

/** An HTTP service. */
export interface ServiceSpec extends SpecBase {
    readonly kind: "service";
    readonly command: readonly string[];
    readonly port: number;
    /** Absent on what only other pods ask. */
    readonly route?: Route;
    /** `hysds-ops` asks it, through the relay; `alivePath` is what its doctor asks for. */
    readonly operated?: boolean;
    /** Path of its Prometheus metrics. */
    readonly metricsPath?: string;
    /** It signs with a Flask SECRET_KEY of its own. */
    readonly hasSecretKey?: boolean;
    /** Answers with 200 as long as its process works, and without asking any store. */
    readonly alivePath?: string;
    /** How it tells that its stores answer: by a path of its own, or by asking them itself. */
    readonly ready: { readonly path: string } | { readonly stores: readonly Store[] };
    readonly replicas: PerSize<number>;
    /** Most pods, where it is scaled by its CPU. */
    readonly maxReplicas?: number;
    readonly resources: PerSize<ContainerResources>;
    /** `hysds`: all pods of HySDS and the gateway; `gateway`: nobody but people. */
    readonly clients: "hysds" | "gateway";
    /** gunicorn's worker processes. */
    readonly webWorkers?: PerSize<number>;
    /** A directory of the image to hide behind an empty one when the store has no credentials. */
    readonly hideWithoutCredentials?: string;
}

/** A process of which there is exactly one, also while it is replaced. */
export interface SingletonSpec extends SpecBase {
    readonly kind: "singleton";
    readonly single: string;
    readonly command: readonly string[];
    /** It ends when a store goes away, so supervisord starts it again, not the kubelet with its growing delays. */
    readonly supervised: boolean;
    readonly ready: { readonly stores: readonly Store[] };
    readonly resources: PerSize<ContainerResources>;
}

/** A Logstash pipeline that drains Redis lists. */
export interface LogstashSpec extends SpecBase {
    readonly kind: "logstash";
    readonly replicas: PerSize<number>;
    /** Most pods, where it is scaled by its CPU. */
    readonly maxReplicas?: number;
    readonly heapMiB: PerSize<number>;
    readonly resources: PerSize<ContainerResources>;
}

/** The workers of one Celery queue. */
export interface WorkerSpec extends SpecBase {
    readonly kind: "worker";
    readonly queue: string;
    /** Celery node names begin with it; process_events.py tells orchestrators by it. */
    readonly nodeName: string;
    /** Pods of one process each, whatever `parallelismPercent` says; a worker pool's own number. */
    readonly replicas?: number;
    /** Most pods, where something scales them; a worker pool's own number. */
    readonly maxReplicas?: number;
    /** The pool of the project's own that it is. */
    readonly pool?: WorkerPoolSettings;
    /** Full reference, instead of `image`. */
    readonly imageReference?: string;
    /** Modules of probes/ that its Celery loads, beside the one of the heartbeats. */
    readonly modules?: readonly string[];
    /** At most so many processes share a pod. */
    readonly processesPerPod: number;
    /** Present on queues of `hysds.job_worker.run_job`, which starts containers. */
    readonly jobs?: JobResources;
}

/** What the containers of the jobs may use, all of a pod together; and its disk, GiB. */
export interface JobResources {
    readonly resources: PerSize<ContainerResources>;
    readonly workDiskGiB: PerSize<number>;
}

/** One pod on every job node. */
export interface NodeAgentSpec extends SpecBase {
    readonly kind: "node-agent";
    readonly command: readonly string[];
    readonly ready: { readonly stores: readonly Store[] };
    readonly resources: PerSize<ContainerResources>;
}

/** A container in the pod of every job worker. */
export interface SidecarSpec extends SpecBase {
    readonly kind: "sidecar";
    /** Sizes at which it runs at all. */
    readonly sizes: readonly Size[];
    readonly heapMiB: PerSize<number>;
    readonly resources: PerSize<ContainerResources>;
}

export type WorkloadSpec =
    ServiceSpec | SingletonSpec | LogstashSpec | WorkerSpec | NodeAgentSpec | SidecarSpec;
