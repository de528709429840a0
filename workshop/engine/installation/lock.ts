import {
    existsSync,
    mkdirSync,
    readdirSync,
    readlinkSync,
    rmdirSync,
    rmSync,
    symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { lock as lockFile } from "proper-lockfile";

import { isRunning, type ProcessIdentity } from "../processes";

const LOCK = "command";
const POLL_MS = 100;

/** How long a take-over that was itself killed is respected. */
const TAKE_OVER_STALE_MS = 5000;

/** The command that has an installation to itself. */
export interface Holder extends ProcessIdentity {
    /** As the user typed it: `npm start`. */
    readonly command: string;
    /** When it began, ISO 8601. */
    readonly since: string;
}

/** Lets one command at a time change an installation, and knows a holder that was killed by its process. */
export class InstallationLock {
    private constructor(private readonly root: string) {}

    /**
     * Waits until no other command holds the lock, and takes it.
     *
     * @param onHeld Called once for each other holder that runs.
     */
    static async acquire(
        root: string,
        holder: Holder,
        onHeld: (other: Holder) => void | Promise<void>,
    ): Promise<InstallationLock> {
        let told: number | undefined;
        while (!take(root, holder)) {
            const other = readHolder(root);
            if (other !== undefined && !isRunning(other)) {
                await removeDead(root);
            } else if (other !== undefined && told !== other.pid) {
                told = other.pid;
                await onHeld(other);
            }
            await sleep(POLL_MS);
        }
        return new InstallationLock(root);
    }

    /** Lets the next command in, and removes the installation's folder if nothing else is in it. */
    release(): void {
        if (!existsSync(this.root)) {
            return;
        }
        // What a killed command left of its attempt to take the lock.
        readdirSync(this.root)
            .filter((name) => name.startsWith(`${LOCK}.`))
            .forEach((name) => rmSync(join(this.root, name), { recursive: true, force: true }));
        rmSync(lockPath(this.root), { force: true });
        try {
            rmdirSync(this.root);
        } catch {
            // The installation stays, or another command has begun to make one.
        }
    }

    /** Whether a name in the installation's folder belongs to the lock. */
    static owns(name: string): boolean {
        return name === LOCK || name.startsWith(`${LOCK}.`);
    }
}

function lockPath(root: string): string {
    return join(root, LOCK);
}

/**
 * A symbolic link to no file whose target says who made it: it appears with all of its content or not at all, never in
 * the place of another, and on a full disk too, where it fits into its own directory entry.
 */
function take(root: string, { pid, startedAt, since, command }: Holder): boolean {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    try {
        const words = [pid, encodeURIComponent(startedAt), since, command];
        symlinkSync(words.join(" "), lockPath(root));
        return true;
    } catch (error) {
        const { code = "" } = error as NodeJS.ErrnoException;
        // ENOENT: the holder before removed the folder in between.
        if (code === "EEXIST" || code === "ENOENT") {
            return false;
        }
        throw error;
    }
}

function readHolder(root: string): Holder | undefined {
    try {
        const [pid, startedAt = "", since = "", ...command] = readlinkSync(lockPath(root)).split(
            " ",
        );
        const process = { pid: Number(pid), startedAt: decodeURIComponent(startedAt) };
        return { ...process, since, command: command.join(" ") };
    } catch {
        // The holder has just let go of it.
        return undefined;
    }
}

/** One at a time, so that no command takes a new holder's lock for the dead one's that it has just seen. */
async function removeDead(root: string): Promise<void> {
    try {
        const release = await lockFile(lockPath(root), {
            realpath: false,
            stale: TAKE_OVER_STALE_MS,
            onCompromised: () => undefined,
        });
        removeIfDead(root);
        await release();
    } catch (error) {
        const { code = "" } = error as NodeJS.ErrnoException;
        if (code === "ENOSPC") {
            removeIfDead(root);
        } else if (code !== "ENOENT" && code !== "ELOCKED") {
            throw error;
        }
    }
}

function removeIfDead(root: string): void {
    const other = readHolder(root);
    if (other !== undefined && !isRunning(other)) {
        rmSync(lockPath(root), { force: true });
    }
}
