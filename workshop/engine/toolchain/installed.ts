import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

import type { Tool } from "./catalog";

const VERSION_TIMEOUT_MS = 10_000;

/** The first executable of that name on `$PATH`. */
export function findOnPath(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
    for (const folder of (env["PATH"] ?? "").split(delimiter)) {
        const file = join(folder, name);
        if (folder !== "" && isExecutable(file)) {
            return file;
        }
    }
    return undefined;
}

function isExecutable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}

/**
 * The folder in which a tool is already installed at exactly the wanted version: on `$PATH`, or for
 * a plugin in the user's own Pulumi home. Undefined when any of its executables is missing there.
 */
export async function findInstalled(
    tool: Tool,
    env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
    if (tool.plugin !== undefined) {
        return findInstalledPlugin(tool, tool.plugin, env);
    }
    const [first = ""] = tool.binaries;
    const found = findOnPath(first, env);
    if (found === undefined) {
        return undefined;
    }
    const folder = dirname(found);
    // The Automation API takes the CLI by the parent of its `bin` folder.
    if (
        basename(folder) !== "bin" ||
        !tool.binaries.every((name) => isExecutable(join(folder, name)))
    ) {
        return undefined;
    }
    return (await printsVersion(found, tool)) ? folder : undefined;
}

function findInstalledPlugin(
    tool: Tool,
    plugin: string,
    env: NodeJS.ProcessEnv,
): string | undefined {
    const home = env["PULUMI_HOME"] ?? join(env["HOME"] ?? homedir(), ".pulumi");
    const folder = join(home, "plugins", `resource-${plugin}-v${tool.version}`);
    const complete = tool.binaries.every((name) => isExecutable(join(folder, name)));
    return complete && !existsSync(`${folder}.partial`) ? folder : undefined;
}

async function printsVersion(file: string, tool: Tool): Promise<boolean> {
    try {
        const { stdout, stderr } = await promisify(execFile)(file, tool.versionArgs ?? [], {
            timeout: VERSION_TIMEOUT_MS,
        });
        const words = `${stdout} ${stderr}`.split(/[\s,]+/).map((word) => word.replace(/^v/, ""));
        return words.includes(tool.version);
    } catch {
        return false;
    }
}
