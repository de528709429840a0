import { chmodSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";

import { bootstrapCluster } from "./control-plane/bootstrap";
import {
    CONTEXT_NAME,
    discardBrokenCertificate,
    ensureCredentials,
    writeComponentKubeconfigs,
    writeUserKubeconfig,
} from "./control-plane/credentials";
import { type Layout, layoutOf } from "./control-plane/layout";
import { planOf } from "./control-plane/plan";
import { pickPort } from "./control-plane/ports";
import { isReady } from "./control-plane/readiness";
import type { Plan, State } from "./control-plane/state";
import { runningState, startSupervisor, stopSupervisor } from "./control-plane/supervision";
import { ControlPlaneError } from "./errors";
import { readJson, writeJson } from "./files";
import type { ProcessIdentity } from "./processes";
import { elapsed, type OnProgress } from "./progress";
import { type ControlPlaneBinaries, ensureControlPlaneBinaries } from "./toolchain";
import { KUBERNETES_VERSION } from "./toolchain/versions";

export interface ControlPlaneOptions {
    /** Folder for data, certificates, kubeconfig and logs; created when missing. */
    readonly dir: string;
    readonly onProgress: OnProgress;
    /**
     * `session` (default): ends with the process that started it, however that ends.
     * `detached`: stays until {@link stopControlPlane}.
     */
    readonly lifetime?: "session" | "detached";
    /** Where the executables are; made available when absent. */
    readonly toolchain?: { readonly controlPlane: ControlPlaneBinaries };
    /** Number of simulated nodes, spread over three zones. Default 3. */
    readonly nodes?: number;
    /** Port of the API server on 127.0.0.1. Default: the one it had before, else any free port. */
    readonly port?: number;
    /** Stops the control plane when aborted, also while it starts. */
    readonly signal?: AbortSignal;
}

/** A running Kubernetes control plane. */
export interface ControlPlane {
    /** Gives administrator access; certificate and token are embedded in it. */
    readonly kubeconfigPath: string;
    readonly contextName: string;
    readonly serverUrl: string;
    /** The supervisor first, then its processes. */
    readonly pids: readonly number[];
    /** Ends every process of it and waits until they have ended. May be called again. */
    stop(): Promise<void>;
}

interface Settings {
    readonly port: number;
}

const DEFAULT_NODES = 3;

/**
 * Starts etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kwok on loopback, with
 * simulated nodes on which pods become Ready, Jobs complete, PersistentVolumeClaims are bound and
 * load balancers get an address. No container runs. Data in `dir` from an earlier start is kept.
 * When a detached control plane already runs in `dir`, that one is completed and returned.
 *
 * @throws ControlPlaneError when the port asked for is taken, when a process ends at the start
 *   (with the last line of its log), or when another session's control plane runs in `dir`.
 * @throws ToolchainError when an executable is missing and cannot be made available.
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
    const layout = layoutOf(resolve(options.dir));
    const running = runningState(layout);
    if (running?.phase === "running" && options.lifetime === "detached") {
        const completed = await complete(layout, running, options);
        if (completed !== undefined) {
            return completed;
        }
    } else if (running !== undefined && running.phase !== "ending") {
        const { pid } = running.supervisor;
        throw new ControlPlaneError(
            `a control plane already runs in ${layout.dir} (process ${pid}): stop it first`,
        );
    }
    const binaries =
        options.toolchain?.controlPlane ??
        (await ensureControlPlaneBinaries({ onProgress: options.onProgress }));
    await stopSupervisor(layout);
    return start(layout, binaries, options);
}

/**
 * Gives a running control plane what it lacks when the process that started it was killed in between:
 * kubeconfig, nodes and StorageClass. Undefined when it does not answer, and must be started again.
 */
async function complete(
    layout: Layout,
    state: State,
    options: ControlPlaneOptions,
): Promise<ControlPlane | undefined> {
    const plan = readJson<Plan>(layout.plan);
    const settings = readJson<Settings>(layout.settings);
    if (!plan || !settings || !(await isReady(plan.readiness))) {
        options.onProgress(`Kubernetes v${KUBERNETES_VERSION} control plane: does not answer`);
        return undefined;
    }
    writeUserKubeconfig(layout, urlOf(settings.port), ensureCredentials(layout));
    await bootstrapCluster(layout.kubeconfig, options.nodes ?? DEFAULT_NODES);
    return describe(layout, state);
}

async function start(
    layout: Layout,
    binaries: ControlPlaneBinaries,
    options: ControlPlaneOptions,
): Promise<ControlPlane> {
    const began = Date.now();
    options.signal?.throwIfAborted();
    options.onProgress(`Kubernetes v${KUBERNETES_VERSION} control plane: starting`);
    mkdirSync(layout.logs, { recursive: true });
    chmodSync(layout.dir, 0o700);
    const earlier = readJson<Settings>(layout.settings);
    const port = await pickPort(earlier?.port, options.port);
    writeJson(layout.settings, { port } satisfies Settings);
    const tokens = ensureCredentials(layout);
    discardBrokenCertificate(layout);
    const serverUrl = urlOf(port);
    writeComponentKubeconfigs(layout, serverUrl, tokens);
    try {
        const endWithParent = options.lifetime !== "detached";
        const plan = planOf(layout, binaries, port, tokens, endWithParent);
        const state = await startSupervisor(layout, plan, options.signal);
        writeUserKubeconfig(layout, serverUrl, tokens);
        await bootstrapCluster(layout.kubeconfig, options.nodes ?? DEFAULT_NODES);
        options.signal?.throwIfAborted();
        const took = elapsed(Date.now() - began);
        options.onProgress(`Kubernetes v${KUBERNETES_VERSION} control plane: ready in ${took}`);
        return describe(layout, state);
    } catch (error) {
        await stopSupervisor(layout);
        options.signal?.throwIfAborted();
        throw error;
    }
}

function urlOf(port: number): string {
    return `https://127.0.0.1:${port}`;
}

function describe(layout: Layout, state: State): ControlPlane {
    const settings = readJson<Settings>(layout.settings);
    if (settings === undefined) {
        throw new ControlPlaneError(`${layout.settings} cannot be read`);
    }
    return {
        kubeconfigPath: layout.kubeconfig,
        contextName: CONTEXT_NAME,
        serverUrl: urlOf(settings.port),
        pids: [state.supervisor, ...state.processes].map(({ pid }) => pid),
        stop: async () => {
            await stopSupervisor(layout);
        },
    };
}

/**
 * Stops the control plane in `dir`, whichever process started it. Its data stays in `dir`, and the
 * next start continues from it.
 *
 * @returns whether one was running.
 */
export async function stopControlPlane(dir: string): Promise<boolean> {
    return stopSupervisor(layoutOf(resolve(dir)));
}

/** The processes of the control plane in `dir` that runs, or is just ending; none of one that still starts. */
export function controlPlaneProcesses(dir: string): readonly ProcessIdentity[] {
    const state = runningState(layoutOf(resolve(dir)));
    return state === undefined || state.phase === "starting"
        ? []
        : [state.supervisor, ...state.processes];
}

/** Why the control plane in `dir` has ended by itself, in one line; undefined when it runs, was stopped or killed. */
export function whyControlPlaneEnded(dir: string): string | undefined {
    return readJson<State>(layoutOf(resolve(dir)).state)?.error;
}
