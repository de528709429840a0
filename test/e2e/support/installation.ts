import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";

import { processesWith, type Victim } from "./installation-processes";

const ROOT = resolve(__dirname, "../../..");

/** What tsx and Node.js keep in the temporary folder for their next run, on any machine. */
const CACHES = /^(tsx-|node-compile-cache)/;

/** A command on its way, and all that it has said. */
export interface Running {
    readonly process: ChildProcess;
    readonly output: () => string;
    /** Its exit status, or the signal that ended it. */
    readonly ended: Promise<number | NodeJS.Signals>;
}

/** An installation of its own, driven by the commands of the README, whose every process can be found. */
export class Installation {
    readonly #dir = mkdtempSync(join(tmpdir(), "hysds-kills-"));
    readonly #variable = `HYSDS_KILLS=${this.#dir}`;
    readonly #temporary = join(this.#dir, "tmp");
    /** The folder that the commands keep everything in. */
    readonly state = join(this.#dir, "state");

    constructor() {
        mkdirSync(this.#temporary);
    }

    /** Starts `npm <arguments>` in a process group of its own, as a shell does. */
    npm(...args: string[]): Running {
        const [name, dir] = this.#variable.split("=", 2) as [string, string];
        const child = spawn("npm", args, {
            cwd: ROOT,
            env: {
                ...process.env,
                [name]: dir,
                HYSDS_PULUMI_STATE: this.state,
                TMPDIR: this.#temporary,
            },
            detached: true,
            stdio: ["ignore", "pipe", "pipe"],
        });
        const chunks: string[] = [];
        child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
        return {
            process: child,
            output: () => chunks.join(""),
            ended: once(child, "exit").then(
                ([status, signal]) => (status ?? signal) as number | NodeJS.Signals,
            ),
        };
    }

    processes(): Victim[] {
        return processesWith(this.#variable);
    }

    /** What is wrong with an installation that is up; undefined when all of its pods are ready. */
    async fault(): Promise<string | undefined> {
        const config = new KubeConfig();
        config.loadFromFile(join(this.state, "control-plane", "kubeconfig"));
        const { items } = await config.makeApiClient(CoreV1Api).listPodForAllNamespaces({
            labelSelector: "app.kubernetes.io/part-of=hysds",
        });
        const waiting = items.filter(
            ({ status }) =>
                status?.phase !== "Succeeded" &&
                !status?.conditions?.some(
                    ({ type, status: is }) => type === "Ready" && is === "True",
                ),
        );
        if (items.length === 0) {
            return "it has no pods";
        }
        const names = waiting.map(({ metadata }) => metadata?.name).join(", ");
        return names === "" ? undefined : `pods are not ready: ${names}`;
    }

    /** What an installation that was stopped has left: processes and files. */
    leftovers(): string[] {
        const files = existsSync(this.state)
            ? [this.state, ...readdirSync(this.state, { recursive: true }).map(String)]
            : [];
        const temporary = readdirSync(this.#temporary).filter((name) => !CACHES.test(name));
        const processes = this.processes().map(({ kind, pid }) => `${kind} (process ${pid})`);
        return [...processes, ...files, ...temporary];
    }

    remove(): void {
        rmSync(this.#dir, { recursive: true, force: true });
    }
}
