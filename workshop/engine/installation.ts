import { EngineError } from "./errors";
import { endOutsideControlPlane } from "./installation/healing";
import { type Holder, InstallationLock } from "./installation/lock";
import { markChildren } from "./installation/ownership";
import { ownIdentity } from "./processes";
import type { SessionFolders } from "../../contract/local-installation";

/**
 * Does a command's work on the local installation. Every process that it starts belongs to the installation; those
 * that outlive their work, because what had started them was killed, are ended with it. The control plane stays.
 */
export async function asCommand(folders: SessionFolders, work: () => Promise<void>): Promise<void> {
    const self = markChildren(folders.root);
    try {
        await work();
    } finally {
        await endOutsideControlPlane(folders, ({ startedBy }) => startedBy.pid === self.pid);
    }
}

/**
 * Does a command's work on the local installation, as {@link asCommand} does, while no other such command runs.
 *
 * @param command As the user typed it.
 * @param onHeld Called once for each other command that has the installation to itself, and is then waited for.
 */
export async function asOnlyCommand(
    folders: SessionFolders,
    command: string,
    onHeld: (other: Holder) => void | Promise<void>,
    work: () => Promise<void>,
): Promise<void> {
    const holder = { ...ownIdentity(), command, since: new Date().toISOString() };
    const lock = await InstallationLock.acquire(folders.root, holder, onHeld);
    try {
        await asCommand(folders, work);
    } finally {
        lock.release();
    }
}

const INTERRUPTIONS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does work that has to be told when this process is to end, because it leaves something behind otherwise.
 *
 * @throws EngineError saying so, where the work ends by its signal.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    const interrupt = (signal: NodeJS.Signals): void =>
        abort.abort(new EngineError(`interrupted by ${signal}`));
    INTERRUPTIONS.forEach((name) => process.on(name, interrupt));
    try {
        return await work(abort.signal);
    } finally {
        INTERRUPTIONS.forEach((name) => process.off(name, interrupt));
    }
}
