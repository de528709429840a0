import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from "node:fs";
import { rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join, relative } from "node:path";

import { lock } from "proper-lockfile";

import { filesBelow } from "../files";
import type { Machine, Tool } from "./catalog";
import { PROJECT_ROOT } from "./versions";

const KEY_LENGTH = 12;

/**
 * Where tools are kept between runs: `$HYSDS_PULUMI_CACHE`, else `$XDG_CACHE_HOME/hysds-pulumi`,
 * else `~/.cache/hysds-pulumi`.
 */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
    if (env["HYSDS_PULUMI_CACHE"]) {
        return env["HYSDS_PULUMI_CACHE"];
    }
    const base = env["XDG_CACHE_HOME"] ?? join(env["HOME"] ?? homedir(), ".cache");
    return join(base, "hysds-pulumi");
}

/** The folder of a tool's Go module. */
export function goModuleFolder(module: string): string {
    return join(PROJECT_ROOT, "workshop", "engine", "go", module);
}

/**
 * Names what a tool's cached files depend on: version, machine, every way to obtain it, and the
 * content of its Go modules. Any change of these gives another key, so a stale tool is never used.
 */
export function cacheKey(tool: Tool, machine: Machine, moduleFolder = goModuleFolder): string {
    const hash = createHash("sha256");
    hash.update(JSON.stringify([tool, machine.platform, machine.arch]));
    if (tool.standIn !== undefined) {
        // The stand-in is a program of this working tree, which may go away or differ from another.
        hash.update(PROJECT_ROOT);
    }
    for (const build of tool.builds) {
        const folder = moduleFolder(build.module);
        for (const file of filesBelow(folder)) {
            hash.update(relative(folder, file)).update("\0");
            hash.update(readFileSync(file)).update("\0");
        }
    }
    return `${tool.version}-${hash.digest("hex").slice(0, KEY_LENGTH)}`;
}

/** The folder whose `bin` holds a tool's executables once it is complete. */
export function toolFolder(root: string, tool: Tool, key: string): string {
    return join(root, "tools", tool.id, key);
}

/** Whether a folder holds every executable of the tool. */
export function isComplete(folder: string, tool: Tool): boolean {
    return tool.binaries.every((name) => existsSync(join(folder, name)));
}

/**
 * Fills `folder` by `fill`, once, whoever asks. `fill` writes into a temporary folder that is
 * renamed when it is done, so an interrupted run leaves nothing that looks complete, and a lock
 * lets a second process wait for the first instead of doing the work twice.
 *
 * @returns whether this call did the work.
 */
export async function fillOnce(
    root: string,
    folder: string,
    isDone: () => boolean,
    fill: (temporary: string) => Promise<void>,
): Promise<boolean> {
    if (isDone()) {
        return false;
    }
    const parent = join(folder, "..");
    mkdirSync(parent, { recursive: true });
    const release = await lock(parent, {
        stale: 60_000,
        retries: { forever: true, minTimeout: 250, maxTimeout: 2000 },
    });
    try {
        if (isDone()) {
            return false;
        }
        const work = join(root, "work");
        mkdirSync(work, { recursive: true });
        const temporary = mkdtempSync(join(work, "tool-"));
        try {
            await fill(temporary);
            await rm(folder, { recursive: true, force: true });
            renameSync(temporary, folder);
        } finally {
            await rm(temporary, { recursive: true, force: true });
        }
        return true;
    } finally {
        await release();
    }
}
