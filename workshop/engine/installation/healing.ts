import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { parse } from "yaml";

import { controlPlaneProcesses, stopControlPlane } from "../control-plane";
import { EngineError } from "../errors";
import { end } from "../processes";
import type { OnProgress } from "../progress";
import { readSession, removeSession } from "../session";
import type { SessionFolders } from "../../../contract/local-installation";
import { InstallationLock } from "./lock";
import { endOwned, isOrphan, type OwnedProcess, ownedProcesses } from "./ownership";
import { removeStackLock, stackLocks } from "./stack-state";

/** What an update may take to end in good order, its waits for pods cancelled. */
const UPDATE_GRACE_MS = 20_000;
const POLL_MS = 500;

/**
 * Repairs what commands left that were killed, or ran into a full disk: processes, a session that cannot be read, files
 * without a session, locks of updates that are gone, empty stack files. Says in one line what it was. For the command
 * that has the installation to itself.
 *
 * @throws EngineError when the passphrase of an installation on the user's own cluster is lost.
 */
export async function heal(folders: SessionFolders, onProgress: OnProgress): Promise<void> {
    report(onProgress, [
        ...(await endOrphans(folders)),
        ...(await removeWithoutSession(folders)),
        ...unlockStacks(folders),
        ...removeEmptyStackFiles(folders),
    ]);
}

/**
 * Repairs what another command may be given back at any time: ends processes that nobody waits for, and removes their
 * locks of the stack. Says in one line what it was.
 */
export async function healUpdates(folders: SessionFolders, onProgress: OnProgress): Promise<void> {
    report(onProgress, [...(await endOrphans(folders)), ...unlockStacks(folders)]);
}

/** Waits for an update that somebody runs in another terminal. */
export async function untilNoUpdate(
    folders: SessionFolders,
    onProgress: OnProgress,
): Promise<void> {
    let told = false;
    for (;;) {
        const [lock] = stackLocks(folders.workspace);
        if (lock === undefined || !isHeld(folders, lock.pid)) {
            return;
        }
        if (!told) {
            told = true;
            onProgress(`An update of the stack runs (process ${lock.pid}): waiting for its end`);
        }
        await sleep(POLL_MS);
    }
}

/** Whether a process of the installation is no part of its control plane. */
function outsideControlPlane(folders: SessionFolders): (owned: OwnedProcess) => boolean {
    const plane = new Set(controlPlaneProcesses(folders.controlPlane).map(({ pid }) => pid));
    return ({ pid }) => !plane.has(pid);
}

/**
 * Ends processes of the installation, but none of its control plane: updates first and gently, for what they have begun
 * is recorded when they end by themselves.
 *
 * @returns how many.
 */
export async function endOutsideControlPlane(
    folders: SessionFolders,
    which: (owned: OwnedProcess) => boolean,
): Promise<number> {
    const isOutside = outsideControlPlane(folders);
    const isMeant = (owned: OwnedProcess): boolean => isOutside(owned) && which(owned);
    const updates = new Set(stackLocks(folders.workspace).map(({ pid }) => pid));
    const updating = ownedProcesses(folders.root).filter(
        (owned) => updates.has(owned.pid) && isMeant(owned),
    );
    await Promise.all(updating.map((identity) => end(identity, UPDATE_GRACE_MS)));
    return updating.length + (await endOwned(folders.root, isMeant));
}

function report(onProgress: OnProgress, healed: readonly string[]): void {
    if (healed.length > 0) {
        onProgress(`Healed: ${healed.join("; ")}`);
    }
}

async function endOrphans(folders: SessionFolders): Promise<string[]> {
    const ended = await endOutsideControlPlane(folders, isOrphan);
    const what = ended === 1 ? "a process" : `${ended} processes`;
    return ended > 0 ? [`ended ${what} that a killed command had left`] : [];
}

function isHeld(folders: SessionFolders, pid: number | undefined): boolean {
    return ownedProcesses(folders.root).some((owned) => owned.pid === pid);
}

function unlockStacks(folders: SessionFolders): string[] {
    const dead = stackLocks(folders.workspace).filter(({ pid }) => !isHeld(folders, pid));
    dead.forEach(removeStackLock);
    return dead.map(({ pid }) => `unlocked the stack, which killed process ${pid ?? "?"} held`);
}

/** Without its passphrase nothing of an installation can be read again. */
async function removeWithoutSession(folders: SessionFolders): Promise<string[]> {
    const session = intactSession(folders);
    if (session === "intact") {
        return [];
    }
    const context = session === "damaged" && contextIn(folders.workspace);
    if (context) {
        throw new EngineError(
            `${folders.root} has lost the passphrase of its state, and HySDS is still on ${context}: ` +
                `"kubectl --context ${context} delete namespace --selector app.kubernetes.io/part-of=hysds", ` +
                `then "rm -r ${folders.root}"`,
        );
    }
    await stopControlPlane(folders.controlPlane);
    const removed = await removeSession(folders, (name) => InstallationLock.owns(name));
    return removed ? ["removed the files of an installation whose session was lost"] : [];
}

function intactSession(folders: SessionFolders): "intact" | "damaged" | "absent" {
    try {
        return readSession(folders) ? "intact" : "absent";
    } catch {
        return "damaged";
    }
}

/** The context in the user's kubeconfig on which the stack is. */
function contextIn(workspace: string): string | undefined {
    const file = join(workspace, "Pulumi.local.yaml");
    const stack = existsSync(file)
        ? (parse(readFileSync(file, "utf8")) as { config?: Record<string, string> } | null)
        : undefined;
    return stack?.config?.["hysds:kubernetesContext"];
}

/** A stack file is rewritten in place by the CLI, so that a full disk leaves it empty. */
function removeEmptyStackFiles(folders: SessionFolders): string[] {
    const names = existsSync(folders.workspace) ? readdirSync(folders.workspace) : [];
    const empty = names
        .filter((name) => /^Pulumi\..+\.yaml$/.test(name))
        .filter((name) => statSync(join(folders.workspace, name)).size === 0);
    empty.forEach((name) => rmSync(join(folders.workspace, name)));
    return empty.map((name) => `${name} was empty and is the project's again`);
}
