import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa, type ResultPromise } from "execa";
import pidtree from "pidtree";

const POLL_MS = 50;
const INIT = path.join(__dirname, "init.sh");

/** The process that has a node's namespaces. */
export interface Namespaces {
    /** Process 1 of the node, by the number it has on this machine. */
    readonly pid: number;
    /** Settles when the node has ended; why, in one line. */
    readonly ended: Promise<string>;
    /** Ends every process of the node. Mounts and network go with them. */
    kill(): Promise<void>;
}

/**
 * Runs a node's first process in new namespaces; its log is `init.log` in the folder `logs`. Whatever kills the caller,
 * the kernel kills the node.
 *
 * @throws Error with the log's last line, when it ends at once
 */
export async function startNamespaces(env: NodeJS.ProcessEnv, logs: string): Promise<Namespaces> {
    const namespaces = [
        "--mount",
        "--propagation=slave",
        "--mount-proc",
        "--net",
        "--pid",
        "--ipc",
        "--uts",
    ];
    const child = execa(
        "setpriv",
        ["--pdeathsig=KILL", "unshare", ...namespaces, "--kill-child", INIT],
        {
            env,
            all: true,
            reject: false,
            stdin: "ignore",
        },
    );
    const log = path.join(logs, "init.log");
    const ended = child.then(({ all }) => lastLine(log) || all || "it was killed");
    const pid = await firstProcess(child);
    if (pid === undefined) {
        throw new Error(`a node could not start: ${await ended}`);
    }
    return {
        pid,
        ended,
        kill: async () => {
            // unshare waits for it, and it ends only after every other process of its namespace.
            killQuietly(pid);
            await child;
        },
    };
}

async function firstProcess(child: ResultPromise): Promise<number | undefined> {
    while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
        const [pid] = await pidtree(child.pid).catch(() => []);
        if (pid !== undefined) {
            return pid;
        }
        await sleep(POLL_MS);
    }
    return undefined;
}

function killQuietly(pid: number): void {
    try {
        process.kill(pid, "SIGKILL");
    } catch {
        // It has ended.
    }
}

/** The last line of a file, or nothing. */
export function lastLine(file: string): string {
    return fs.existsSync(file)
        ? (fs.readFileSync(file, "utf8").trim().split("\n").at(-1) ?? "")
        : "";
}
