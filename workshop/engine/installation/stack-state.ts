import { existsSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import { filesBelow, readJson } from "../files";

/** What Pulumi's file backend writes into the lock file of an update (backend/diy/lock.go of the CLI). */
const lockContent = z.object({ pid: z.number(), hostname: z.string() });

/** The lock of an update of a stack. */
export interface StackLock {
    readonly file: string;
    /** The process that made it; absent where that was killed before it had written its number. */
    readonly pid?: number;
}

/** The locks that processes of this machine hold, or held when they were killed, on the stacks of a workspace. */
export function stackLocks(workspace: string): StackLock[] {
    const folder = join(stateOf(workspace), "locks");
    const files = existsSync(folder) ? filesBelow(folder) : [];
    return files.filter(isLock).flatMap((file) => {
        const parsed = lockContent.safeParse(readJson(file));
        const isForeign = parsed.success && parsed.data.hostname !== hostname();
        return isForeign ? [] : [{ file, pid: parsed.data?.pid }];
    });
}

/** The backend keeps the attributes of each file beside it. */
const ATTRIBUTES = ".attrs";

function isLock(file: string): boolean {
    return !file.endsWith(ATTRIBUTES);
}

/** Removes a lock whose process is gone. */
export function removeStackLock({ file }: StackLock): void {
    rmSync(file, { force: true });
    rmSync(`${file}${ATTRIBUTES}`, { force: true });
}

const checkpoint = z.object({
    checkpoint: z.object({
        latest: z.object({ pending_operations: z.array(z.unknown()).nullish() }).nullish(),
    }),
});

/** How many operations on resources a killed update has left in an unknown state. */
export function pendingOperations(workspace: string, stack: string): number {
    const file = join(stateOf(workspace), "stacks", "hysds", `${stack}.json`);
    const { data } = checkpoint.safeParse(readJson(file));
    return data?.checkpoint.latest?.pending_operations?.length ?? 0;
}

function stateOf(workspace: string): string {
    return join(workspace, "state", ".pulumi");
}
