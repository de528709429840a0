import {
    existsSync,
    linkSync,
    mkdirSync,
    readdirSync,
    rmdirSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { lock as lockFile } from "proper-lockfile";

import { readJson } from "../files";
import { isRunning, type ProcessIdentity } from "../processes";

const POLL_MS = 200;
const TAKE_OVER_POLL_MS = 20;

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
            if (other === undefined || !isRunning(other)) {
                await removeDead(root);
                continue;
            }
            if (told !== other.pid) {
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
        return name.startsWith(LOCK);
    }
}

const LOCK = "command.json";

function lockPath(root: string): string {
    return join(root, LOCK);
}

/** A hard link appears with all of its content or not at all, and never in the place of another. */
function take(root: string, holder: Holder): boolean {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    const own = `${lockPath(root)}.${process.pid}`;
    try {
        writeFileSync(own, JSON.stringify(holder), { mode: 0o600 });
        linkSync(own, lockPath(root));
        return true;
    } catch (error) {
        const { code = "" } = error as NodeJS.ErrnoException;
        // ENOENT: the holder before removed the folder in between.
        if (code === "EEXIST" || code === "ENOENT") {
            return false;
        }
        throw error;
    } finally {
        rmSync(own, { force: true });
    }
}

function readHolder(root: string): Holder | undefined {
    return readJson<Holder>(lockPath(root));
}

/** One at a time, so that no command takes a new holder's lock for the dead one's that it has just seen. */
async function removeDead(root: string): Promise<void> {
    try {
        const release = await lockFile(lockPath(root), {
            stale: TAKE_OVER_STALE_MS,
            onCompromised: () => undefined,
        });
        const other = readHolder(root);
        // A power failure may leave it empty. One that is not there is not to be removed: a new holder may be next.
        if (other === undefined ? isEmpty(lockPath(root)) : !isRunning(other)) {
            rmSync(lockPath(root), { force: true });
        }
        await release();
    } catch (error) {
        const { code = "" } = error as NodeJS.ErrnoException;
        // The holder has let go of it, or another command is about to remove it.
        if (code !== "ENOENT" && code !== "ELOCKED") {
            throw error;
        }
        await sleep(TAKE_OVER_POLL_MS);
    }
}

function isEmpty(path: string): boolean {
    return statSync(path, { throwIfNoEntry: false })?.size === 0;
}
