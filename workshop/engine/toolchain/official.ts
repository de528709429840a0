import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, readdirSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { ToolchainError } from "../errors";
import type { Download, Tool } from "./catalog";
import { run } from "./run";

const PROBE_TIMEOUT_MS = 4000;

/**
 * Tells whether a tool's downloads can be had from here. The first question asks for all the tools
 * side by side, so a machine without a network waits four seconds once, whatever is missing.
 */
export class DownloadProbe {
    readonly #answers = new Map<string, Promise<boolean>>();

    constructor(private readonly tools: readonly Tool[]) {}

    /** Whether every file of the tool can be downloaded; false for a tool that offers none. */
    async canDownload(tool: Tool): Promise<boolean> {
        for (const { downloads } of this.tools) {
            downloads.forEach(({ url }) => void this.#ask(url));
        }
        const answers = await Promise.all(tool.downloads.map(({ url }) => this.#ask(url)));
        return answers.length > 0 && answers.every(Boolean);
    }

    #ask(url: string): Promise<boolean> {
        const known = this.#answers.get(url);
        if (known !== undefined) {
            return known;
        }
        const answer = fetch(url, { method: "HEAD", signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
            .then((response) => response.ok)
            .catch(() => false);
        this.#answers.set(url, answer);
        return answer;
    }
}

/**
 * Downloads a tool's files into `folder`.
 *
 * @throws ToolchainError when a download breaks, fails its checksum, or lacks an executable.
 */
export async function downloadTool(tool: Tool, folder: string): Promise<void> {
    for (const download of tool.downloads) {
        const content = await get(download.url);
        await verify(download, content);
        if (download.kind === "executable") {
            const file = join(folder, download.saveAs ?? "");
            await writeFile(file, content, { mode: 0o755 });
        } else {
            await unpack(content, folder, tool);
        }
    }
}

async function get(url: string): Promise<Buffer> {
    try {
        const response = await fetch(url);
        if (!response.ok) {
            throw new Error(`HTTP ${response.status}`);
        }
        return Buffer.from(await response.arrayBuffer());
    } catch (cause) {
        throw new ToolchainError(`download of ${url} failed: ${String(cause)}`, { cause });
    }
}

async function verify(download: Download, content: Buffer): Promise<void> {
    if (download.sha256Url === undefined) {
        return;
    }
    const [expected = ""] = (await get(download.sha256Url)).toString("utf8").trim().split(/\s+/);
    const actual = createHash("sha256").update(content).digest("hex");
    if (actual !== expected) {
        throw new ToolchainError(
            `download of ${download.url} is damaged: SHA-256 is ${actual}, expected ${expected}`,
        );
    }
}

/** Archives differ in their inner folders, so the executables are looked for by name. */
async function unpack(content: Buffer, folder: string, tool: Tool): Promise<void> {
    const inner = join(folder, "unpacked");
    const archive = join(folder, "archive.tar.gz");
    await mkdir(inner, { recursive: true });
    await writeFile(archive, content);
    await run("tar", ["-xzf", archive, "-C", inner]);
    const files = readdirSync(inner, { recursive: true, withFileTypes: true });
    for (const name of tool.binaries) {
        const found = files.find((file) => file.isFile() && file.name === name);
        if (found === undefined) {
            throw new ToolchainError(`the download of ${tool.title} holds no ${name}`);
        }
        copyFileSync(join(found.parentPath, found.name), join(folder, name));
        chmodSync(join(folder, name), 0o755);
    }
    await rm(inner, { recursive: true });
    await rm(archive);
}
