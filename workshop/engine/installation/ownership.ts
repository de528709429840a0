import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

import { end, identify, isRunning, ownIdentity, type ProcessIdentity } from "../processes";

/** Variables that every process of an installation inherits: which installation, and the command that started it. */
const INSTALLATION = "HYSDS_PULUMI_INSTALLATION";
const COMMAND = "HYSDS_PULUMI_COMMAND";

/** A look at all processes can miss one that is born meanwhile; several in a row do not. */
const ROUNDS = 5;
const GRACE_MS = 5000;

/** A process that a command of the installation started, directly or through others. */
export interface OwnedProcess extends ProcessIdentity {
    readonly startedBy: ProcessIdentity;
}

/**
 * Marks all processes that this one starts from now on, and those that they start, as the installation's. The mark is
 * in their environment, so that they are found whatever became of their parents, and nobody else's process is.
 */
export function markChildren(root: string): ProcessIdentity {
    const self = ownIdentity();
    process.env[INSTALLATION] = markOf(root);
    process.env[COMMAND] = `${self.pid}@${encodeURIComponent(self.startedAt)}`;
    return self;
}

/** The running processes of the installation in this folder. */
export function ownedProcesses(root: string): OwnedProcess[] {
    const mark = `${INSTALLATION}=${markOf(root)}`;
    return environments()
        .filter(([pid, environment]) => pid !== process.pid && environment.includes(mark))
        .flatMap(([pid, environment]) => {
            const identity = identify(pid);
            const startedBy = commandIn(environment);
            return identity && startedBy ? [{ ...identity, startedBy }] : [];
        });
}

function commandIn(environment: string): ProcessIdentity | undefined {
    const [, pid, startedAt] = new RegExp(`\\b${COMMAND}=(\\d+)@(\\S+)`).exec(environment) ?? [];
    return startedAt === undefined
        ? undefined
        : { pid: Number(pid), startedAt: decodeURIComponent(startedAt) };
}

/** Whether the command that started this process is gone, so that nobody waits for it. */
export function isOrphan({ startedBy }: OwnedProcess): boolean {
    return !isRunning(startedBy);
}

/**
 * Ends the processes of the installation that `which` picks, and those that they start meanwhile.
 *
 * @returns how many.
 */
export async function endOwned(
    root: string,
    which: (owned: OwnedProcess) => boolean,
): Promise<number> {
    const ended = new Set<number>();
    for (let round = 0; round < ROUNDS; round++) {
        const found = ownedProcesses(root).filter(which);
        if (found.length === 0) {
            break;
        }
        found.forEach(({ pid }) => ended.add(pid));
        await Promise.all(found.map((identity) => end(identity, GRACE_MS)));
    }
    return ended.size;
}

function markOf(root: string): string {
    return createHash("sha256").update(resolve(root)).digest("hex").slice(0, 16);
}

/** Every process whose environment this user may read, each variable followed by white space. */
function environments(): [pid: number, environment: string][] {
    return process.platform === "linux" ? environmentsFromProc() : environmentsFromPs();
}

function environmentsFromProc(): [number, string][] {
    return readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .flatMap((name) => {
            try {
                const text = readFileSync(`/proc/${name}/environ`, "utf8");
                return [[Number(name), text.replaceAll("\0", "\n")] as [number, string]];
            } catch {
                // Another user's, or it has just ended.
                return [];
            }
        });
}

/** `-E` appends the environment to the command line, for processes of the same user. */
function environmentsFromPs(): [number, string][] {
    const lines = execFileSync("ps", ["-axww", "-E", "-o", "pid=,command="], {
        maxBuffer: 2 ** 28,
    });
    return lines
        .toString()
        .split("\n")
        .map((line) => [Number.parseInt(line, 10), `${line} `]);
}
