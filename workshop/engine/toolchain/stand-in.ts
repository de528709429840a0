import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Tool } from "./catalog";
import { PROJECT_ROOT } from "./versions";

/**
 * Writes a launcher for a tool's TypeScript stand-in, under the name of the tool's executable.
 * It runs on the `node` of the `PATH`, as the program itself does.
 */
export async function writeStandIn(tool: Tool, program: string, folder: string): Promise<void> {
    const loader = quote(pathToFileURL(require.resolve("tsx")).href);
    const script = quote(join(PROJECT_ROOT, program));
    const lines = ["#!/bin/sh", `exec node --import ${loader} ${script} "$@"`, ""];
    for (const name of tool.binaries) {
        await writeFile(join(folder, name), lines.join("\n"), { mode: 0o755 });
    }
}

/** Quotes a word for a POSIX shell. */
function quote(word: string): string {
    return `'${word.replaceAll("'", "'\\''")}'`;
}
