import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, isRunning } from "../../../../workshop/engine/processes";

const MOUNT = "/sys/fs/cgroup";
const PREFIX = "hysds-node-";
/**
 * Weight of the node among this machine's processes, eight times the default: its pods share one group, which would
 * else get as much of the processors as a single process beside it. The file by version of control groups.
 */
const CPU_WEIGHTS = { "cpu.weight": "800", "cpu.shares": "8192" } as const;

/** Where memory is counted, by version of control groups. */
const MEMORY = [
    {
        usage: (group: string): string => path.join(group, "memory.current"),
        inactive: "inactive_file",
    },
    {
        usage: (group: string): string => path.join("memory", group, "memory.usage_in_bytes"),
        inactive: "total_inactive_file",
    },
] as const;

/**
 * The name of a control group that tells which process owns it, so that what a killed one left behind can be told from
 * what is in use.
 *
 * @throws Error where the system has no /proc
 */
export function cgroupOfThisProcess(number: number): string {
    const self = identify(process.pid);
    if (self === undefined) {
        throw new Error("a node needs Linux");
    }
    return `${PREFIX}${self.pid}-${self.startedAt}-${number}`;
}

/** The folder of every hierarchy: one with version 2, one a controller with version 1. */
function hierarchies(): string[] {
    const versionTwo = fs.existsSync(path.join(MOUNT, "cgroup.controllers"));
    return versionTwo ? [MOUNT] : fs.readdirSync(MOUNT).map((name) => path.join(MOUNT, name));
}

/** Makes a control group, which the kubelet expects to be there. */
export function makeCgroup(name: string): void {
    for (const hierarchy of hierarchies()) {
        const folder = path.join(hierarchy, name);
        fs.mkdirSync(folder, { recursive: true });
        for (const [file, weight] of Object.entries(CPU_WEIGHTS)) {
            if (fs.existsSync(path.join(folder, file))) {
                fs.writeFileSync(path.join(folder, file), weight);
            }
        }
    }
}

/** Memory of all processes in a control group, as the kubelet counts a working set: inactive files are free to go. */
export function memoryMiB(name: string): number {
    const found = MEMORY.find(({ usage }) => fs.existsSync(path.join(MOUNT, usage(name))));
    if (found === undefined) {
        throw new Error(`no control group ${name} counts memory`);
    }
    const usage = path.join(MOUNT, found.usage(name));
    const statistics = fs.readFileSync(path.join(path.dirname(usage), "memory.stat"), "utf8");
    const inactive = new RegExp(`^${found.inactive} (\\d+)$`, "m").exec(statistics)?.[1];
    const bytes = Number(fs.readFileSync(usage, "utf8")) - Number(inactive ?? 0);
    return Math.round(bytes / 2 ** 20);
}

/** Removes a control group with all below it, when the last process in it has ended. */
export async function removeCgroup(name: string): Promise<void> {
    for (const hierarchy of hierarchies()) {
        await removeTree(path.join(hierarchy, name));
    }
}

/** Removes the control groups of nodes whose owner is gone. */
export async function removeStaleCgroups(): Promise<void> {
    const names = new Set(hierarchies().flatMap((hierarchy) => fs.readdirSync(hierarchy)));
    for (const name of names) {
        const [pid, startedAt] = name.startsWith(PREFIX)
            ? name.slice(PREFIX.length).split("-")
            : [];
        if (
            pid !== undefined &&
            startedAt !== undefined &&
            !isRunning({ pid: Number(pid), startedAt })
        ) {
            await removeCgroup(name);
        }
    }
}

async function removeTree(folder: string): Promise<void> {
    if (!fs.existsSync(folder)) {
        return;
    }
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) {
            await removeTree(path.join(folder, entry.name));
        }
    }
    await removeEmpty(folder);
}

/** The kernel lets go of a process' group a moment after the process has been waited for. */
async function removeEmpty(folder: string): Promise<void> {
    const deadline = Date.now() + 5000;
    for (;;) {
        try {
            fs.rmdirSync(folder);
            return;
        } catch (error) {
            if (Date.now() > deadline) {
                throw error;
            }
            await sleep(50);
        }
    }
}
