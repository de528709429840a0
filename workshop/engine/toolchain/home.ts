import { createHash } from "node:crypto";
import { copyFileSync, existsSync, linkSync, mkdirSync, realpathSync, renameSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";

import type { Tool } from "./catalog";

const KEY_LENGTH = 12;

/** A plugin and the folder its executables are in. */
export interface PlacedPlugin {
    readonly tool: Tool;
    readonly folder: string;
}

/**
 * Makes a `PULUMI_HOME` that holds exactly these plugins, in the layout the Pulumi CLI expects
 * (`plugins/resource-<name>-v<version>/pulumi-resource-<name>`). The user's own `~/.pulumi`, with
 * its logins, is neither read nor written.
 *
 * @returns the folder; the same plugins always give the same folder.
 */
export async function preparePulumiHome(
    root: string,
    plugins: readonly PlacedPlugin[],
): Promise<string> {
    const hash = createHash("sha256");
    for (const { tool, folder } of plugins) {
        hash.update(`${tool.id}\0${folder}\0`);
    }
    const home = join(root, "pulumi-home", hash.digest("hex").slice(0, KEY_LENGTH));
    for (const plugin of plugins) {
        await placePlugin(home, plugin);
    }
    return home;
}

async function placePlugin(home: string, { tool, folder }: PlacedPlugin): Promise<void> {
    const target = join(home, "plugins", `resource-${tool.plugin}-v${tool.version}`);
    if (tool.binaries.every((name) => existsSync(join(target, name)))) {
        return;
    }
    const temporary = `${target}.${process.pid}.new`;
    mkdirSync(temporary, { recursive: true });
    for (const name of tool.binaries) {
        linkOrCopy(realpathSync(join(folder, name)), join(temporary, name));
    }
    try {
        renameSync(temporary, target);
    } catch (error) {
        // Another process was faster: its folder has the same content.
        if (!existsSync(target)) {
            throw error;
        }
        await rm(temporary, { recursive: true, force: true });
    }
}

function linkOrCopy(from: string, to: string): void {
    try {
        linkSync(from, to);
    } catch {
        copyFileSync(from, to);
    }
}
