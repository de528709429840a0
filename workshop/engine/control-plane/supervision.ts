import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { ControlPlaneError } from "../errors";
import { readJson, writeJson } from "../files";
import { end, isRunning } from "../processes";
import type { Layout } from "./layout";
import type { Plan, State } from "./state";

const POLL_MS = 50;

/** More than the supervisor itself needs for its processes, one group after the other. */
const STOP_GRACE_MS = 25_000;
const LEFTOVER_GRACE_MS = 5000;

/** The state of the control plane in this folder, when its supervisor runs. */
export function runningState(layout: Layout): State | undefined {
    const state = readJson<State>(layout.state);
    return state !== undefined && isRunning(state.supervisor) ? state : undefined;
}

/**
 * Starts the supervisor, and returns its state when all processes of the plan run and the API
 * server is ready. Tells it to end when `signal` is aborted, then or later.
 *
 * @throws ControlPlaneError with the reason when a process ends before that.
 */
export async function startSupervisor(
    layout: Layout,
    plan: Plan,
    signal?: AbortSignal,
): Promise<State> {
    rmSync(layout.state, { force: true });
    writeJson(layout.plan, plan);
    const child = spawnSupervisor(layout, plan);
    signal?.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
    let exited = false;
    child.on("exit", () => (exited = true));
    for (;;) {
        const ended = exited;
        const state = readJson<State>(layout.state);
        if (state?.phase === "running") {
            return state;
        }
        if (ended) {
            const log = join(layout.logs, "supervisor.log");
            throw new ControlPlaneError(state?.error ?? `the supervisor ended; its log is ${log}`);
        }
        await sleep(POLL_MS);
    }
}

/** A process group of its own, so that Ctrl-C in a terminal reaches only the command itself. */
function spawnSupervisor(layout: Layout, plan: Plan): ChildProcess {
    const log = openSync(join(layout.logs, "supervisor.log"), "a", 0o600);
    const loader = pathToFileURL(require.resolve("tsx")).href;
    const program = join(__dirname, "supervisor.ts");
    const child = spawn(process.execPath, ["--import", loader, program, layout.dir], {
        detached: true,
        stdio: [plan.endWithParent ? "pipe" : "ignore", log, log],
    });
    closeSync(log);
    child.unref();
    (child.stdin as { unref?: () => void } | null)?.unref?.();
    return child;
}

/**
 * Ends the supervisor and everything it started. When the supervisor itself was killed, its
 * processes are ended one by one, each only if it is still the same process.
 *
 * @returns whether anything was running.
 */
export async function stopSupervisor(layout: Layout): Promise<boolean> {
    const state = readJson<State>(layout.state);
    if (state === undefined) {
        return false;
    }
    const identities = [state.supervisor, ...state.processes];
    const wasRunning = identities.some(isRunning);
    await end(state.supervisor, STOP_GRACE_MS);
    const latest = readJson<State>(layout.state) ?? state;
    await Promise.all(latest.processes.map((identity) => end(identity, LEFTOVER_GRACE_MS)));
    rmSync(layout.state, { force: true });
    return wasRunning;
}
