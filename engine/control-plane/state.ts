import { readFileSync, renameSync, writeFileSync } from "node:fs";

import type { ProcessIdentity } from "./processes";

/** What the supervisor is told to run. */
export interface Plan {
    /** Whether everything ends when the supervisor's standard input does. */
    readonly endWithParent: boolean;
    readonly processes: readonly PlannedProcess[];
    /** Asked before the processes that are marked `afterReady` are started. */
    readonly readiness: Readiness;
}

export interface PlannedProcess {
    readonly name: string;
    readonly command: string;
    readonly args: readonly string[];
    readonly log: string;
    /** Whether it is started only when the API server answers. */
    readonly afterReady: boolean;
}

/** The API server's readiness endpoint. */
export interface Readiness {
    readonly port: number;
    readonly certificate: string;
    readonly token: string;
}

/** What the supervisor tells about itself and its processes. */
export interface State {
    readonly phase: "starting" | "running" | "failed";
    readonly supervisor: ProcessIdentity;
    readonly processes: readonly (ProcessIdentity & { readonly name: string })[];
    /** Why it failed, in one line. */
    readonly error?: string;
}

/** Reads a JSON file of the control plane's; undefined when it is not there. */
export function readJson<T>(path: string): T | undefined {
    try {
        return JSON.parse(readFileSync(path, "utf8")) as T;
    } catch {
        return undefined;
    }
}

/** Replaces a JSON file as a whole, readable by its owner only. */
export function writeJson(path: string, value: unknown): void {
    const temporary = `${path}.${process.pid}.new`;
    writeFileSync(temporary, JSON.stringify(value, undefined, 2), { mode: 0o600 });
    renameSync(temporary, path);
}
