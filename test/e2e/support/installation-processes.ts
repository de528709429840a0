import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

import { identify, type ProcessIdentity } from "../../../workshop/engine/processes";

/** A process of an installation under test, and what it is. */
export interface Victim extends ProcessIdentity {
    readonly kind: string;
}

/** Executables that are told apart by their name. */
const EXECUTABLES = /^(pulumi.*|etcd|kube-.*|kwok)$/;

/** Programs that Node.js runs, by a piece of their command line. */
const PROGRAMS: readonly [piece: string, kind: string][] = [
    ["control-plane/supervisor.ts", "supervisor"],
    ["providers/random/main.ts", "pulumi-resource-random"],
    ["@pulumi/pulumi/cmd/run", "program"],
    ["scripts/", "command"],
    ["npm", "npm"],
];

/**
 * The running processes whose environment has this variable, which they inherit from the test: the engine's own
 * marks are what is under test. Linux only.
 */
export function processesWith(variable: string): Victim[] {
    return readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
        .flatMap((name) => {
            try {
                const environment = readFileSync(`/proc/${name}/environ`, "utf8").split("\0");
                const identity = environment.includes(variable) && identify(Number(name));
                return identity ? [{ ...identity, kind: kindOf(name) }] : [];
            } catch {
                return [];
            }
        });
}

function kindOf(pid: string): string {
    const executable = basename(readlinkSync(`/proc/${pid}/exe`));
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    const called = basename(command[0] ?? "");
    const name = [called, executable].find((each) => EXECUTABLES.test(each));
    const line = command.join(" ");
    return name ?? PROGRAMS.find(([piece]) => line.includes(piece))?.[1] ?? executable;
}
