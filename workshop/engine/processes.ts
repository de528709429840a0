import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A process, told apart from a later one that was given the same number. */
export interface ProcessIdentity {
    readonly pid: number;
    /** When the process started, in whatever form the system tells it. */
    readonly startedAt: string;
}

const POLL_MS = 50;

/** The identity of a process, or undefined when there is none of that number, or only its zombie. */
export function identify(pid: number): ProcessIdentity | undefined {
    const startedAt = process.platform === "linux" ? startFromProc(pid) : startFromPs(pid);
    return startedAt === undefined ? undefined : { pid, startedAt };
}

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
    const self = identify(process.pid);
    if (self === undefined) {
        throw new Error(
            `process ${process.pid} is not among the processes that the system tells of`,
        );
    }
    return self;
}

/** Whether exactly this process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
    return identify(identity.pid)?.startedAt === identity.startedAt;
}

/** Field 3 (state) and field 22 (start in clock ticks since boot) of proc_pid_stat(5). */
function startFromProc(pid: number): string | undefined {
    try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return fields[0] === "Z" ? undefined : fields[19];
    } catch {
        return undefined;
    }
}

function startFromPs(pid: number): string | undefined {
    try {
        const line = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)]).toString();
        return line.trim() === "" || line.startsWith("Z") ? undefined : line.trim().slice(1).trim();
    } catch {
        return undefined;
    }
}

/**
 * Ends exactly this process: SIGTERM, and SIGKILL when it has not ended after `graceMs`
 * milliseconds. Does nothing when it is gone already, whoever has its number now.
 */
export async function end(identity: ProcessIdentity, graceMs: number): Promise<void> {
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
        if (!isRunning(identity)) {
            return;
        }
        signalQuietly(identity.pid, signal);
        await waitForEnd(identity, graceMs);
    }
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
    try {
        process.kill(pid, signal);
    } catch {
        // It ended between the check and the signal.
    }
}

async function waitForEnd(identity: ProcessIdentity, timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (isRunning(identity) && Date.now() < deadline) {
        await sleep(POLL_MS);
    }
}
