import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { readJson, writeJson } from "../files";
import { end, identify, ownIdentity, type ProcessIdentity } from "../processes";
import { layoutOf } from "./layout";
import { isReady } from "./readiness";
import type { Plan, PlannedProcess, State } from "./state";

const READY_TIMEOUT_MS = 90_000;
const POLL_MS = 100;
const GRACE_MS = 5000;

type Named = ProcessIdentity & { readonly name: string };

/**
 * Runs the processes of a control plane and ends them all: when it is told to (SIGTERM, SIGINT),
 * when its standard input ends because the process that started it is gone, whatever killed that,
 * and when any one of them dies. It is a program of its own: `supervisor.ts DIR`.
 */
class Supervisor {
    readonly #layout;
    readonly #plan: Plan;
    readonly #running: Named[] = [];
    #ending = false;

    constructor(dir: string) {
        this.#layout = layoutOf(dir);
        const plan = readJson<Plan>(this.#layout.plan);
        if (plan === undefined) {
            throw new Error(`${this.#layout.plan} cannot be read`);
        }
        this.#plan = plan;
    }

    async run(): Promise<void> {
        this.#listen();
        this.#report("starting");
        this.#startAll(false);
        this.#reportUnlessEnding("starting");
        await this.#untilReady();
        this.#startAll(true);
        this.#reportUnlessEnding("running");
    }

    #listen(): void {
        process.on("SIGTERM", () => void this.#endAll());
        process.on("SIGINT", () => void this.#endAll());
        process.on("uncaughtException", (error) => void this.#endAll(error.message));
        if (this.#plan.endWithParent) {
            process.stdin.on("end", () => void this.#endAll());
            process.stdin.on("error", () => void this.#endAll());
            process.stdin.resume();
        }
    }

    #startAll(afterReady: boolean): void {
        for (const planned of this.#plan.processes) {
            if (planned.afterReady === afterReady && !this.#ending) {
                this.#start(planned);
            }
        }
    }

    #start(planned: PlannedProcess): void {
        const log = openSync(planned.log, "a", 0o600);
        const child: ChildProcess = spawn(planned.command, planned.args, {
            cwd: this.#layout.dir,
            stdio: ["ignore", log, log],
        });
        closeSync(log);
        child.on("error", (error) => void this.#fail(planned, error.message));
        child.on("exit", (code, signal) => {
            const how = signal ?? `exit code ${code}: ${lastLine(planned.log)}`;
            void this.#fail(planned, how);
        });
        const identity = child.pid === undefined ? undefined : identify(child.pid);
        if (identity !== undefined) {
            this.#running.push({ ...identity, name: planned.name });
        }
    }

    async #untilReady(): Promise<void> {
        const deadline = Date.now() + READY_TIMEOUT_MS;
        while (!this.#ending && !(await isReady(this.#plan.readiness))) {
            if (Date.now() > deadline) {
                const [, apiserver] = this.#plan.processes;
                const log = apiserver === undefined ? "" : lastLine(apiserver.log);
                await this.#endAll(`kube-apiserver did not become ready in 90 seconds: ${log}`);
                return;
            }
            await sleep(POLL_MS);
        }
    }

    async #fail(planned: PlannedProcess, reason: string): Promise<void> {
        if (!this.#ending) {
            await this.#endAll(`${planned.name} ended (${reason}); its log is ${planned.log}`);
        }
    }

    /** etcd goes last, so that the others do not fill their logs with its absence. */
    async #endAll(error?: string): Promise<void> {
        if (this.#ending) {
            return;
        }
        this.#ending = true;
        this.#tell("ending", error);
        const [etcd, ...others] = this.#running;
        await Promise.all(others.map((identity) => end(identity, GRACE_MS)));
        if (etcd !== undefined) {
            await end(etcd, GRACE_MS);
        }
        if (error !== undefined) {
            this.#tell("failed", error);
        }
        process.exit(error === undefined ? 0 : 1);
    }

    #reportUnlessEnding(phase: "starting" | "running"): void {
        if (!this.#ending) {
            this.#report(phase);
        }
    }

    /** Its processes end also where the disk has no room to say so. */
    #tell(phase: "ending" | "failed", error?: string): void {
        try {
            this.#report(phase, error);
        } catch (cause) {
            console.error(`state "${phase}" cannot be written:`, cause);
        }
    }

    #report(phase: State["phase"], error?: string): void {
        const supervisor = ownIdentity();
        const state: State = { phase, supervisor, processes: this.#running, error };
        writeJson(this.#layout.state, state);
    }
}

function lastLine(path: string): string {
    const lines = readFileSync(path, "utf8").trim().split("\n");
    return lines.at(-1) ?? "";
}

void new Supervisor(process.argv[2] ?? "").run();
