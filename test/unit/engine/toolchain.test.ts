import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { ToolchainError } from "../../../workshop/engine/errors";
import { ensureToolchain, ensureTools, type ToolSources } from "../../../workshop/engine/toolchain";
import { type Tool, toolCatalog } from "../../../workshop/engine/toolchain/catalog";

const KWOK = toolCatalog({ platform: "linux", arch: "x64" }).find(
    ({ id }) => id === "kwok",
) as Tool;

/** Sources that have the tool nowhere but where a test says so, and note what was asked of them. */
class FakeSources implements ToolSources {
    readonly asked: string[] = [];
    installedIn: string | undefined;
    downloadable = false;
    obstacle: string | undefined = "Go 1.26 or later is not installed";

    findInstalled(): Promise<string | undefined> {
        this.asked.push("installed");
        return Promise.resolve(this.installedIn);
    }
    canDownload(): Promise<boolean> {
        this.asked.push("probe");
        return Promise.resolve(this.downloadable);
    }
    download(tool: Tool, folder: string): Promise<void> {
        return this.#place("download", tool, folder);
    }
    whyGoCannotBuild(): Promise<string | undefined> {
        this.asked.push("go");
        return Promise.resolve(this.obstacle);
    }
    build(tool: Tool, folder: string): Promise<void> {
        return this.#place("build", tool, folder);
    }
    standIn(tool: Tool, _program: string, folder: string): Promise<void> {
        return this.#place("stand-in", tool, folder);
    }
    #place(how: string, tool: Tool, folder: string): Promise<void> {
        this.asked.push(how);
        tool.binaries.forEach((name) => writeFileSync(join(folder, name), how));
        return Promise.resolve();
    }
}

let cache: string;
let sources: FakeSources;
const lines: string[] = [];

beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "hysds-toolchain-"));
    sources = new FakeSources();
    lines.length = 0;
});
afterEach(() => rmSync(cache, { recursive: true }));

const obtain = async (tool: Tool = KWOK): Promise<string | undefined> => {
    const ready = await ensureTools({
        onProgress: (line) => lines.push(line),
        cache,
        sources,
        catalog: [tool],
    });
    return ready.get(tool.id)?.source;
};

describe("where a tool comes from", () => {
    it("prefers what is installed, and then neither probes nor writes", async () => {
        sources.installedIn = "/opt/bin";
        expect(await obtain()).toBe("installed");
        expect(sources.asked).toEqual(["installed"]);
        expect(readdirSync(cache)).toEqual([]);
    });

    it("downloads what is not installed, once", async () => {
        sources.downloadable = true;
        expect(await obtain()).toBe("download");
        expect(await obtain()).toBe("cache");
        expect(sources.asked).toEqual(["installed", "probe", "download", "installed"]);
    });

    it("builds what cannot be downloaded, and says so", async () => {
        sources.obstacle = undefined;
        expect(await obtain()).toBe("build");
        expect(lines[0]).toBe(
            "[1/1] kwok v0.8.0: building from Go modules (several minutes the first time)",
        );
        expect(lines[1]).toMatch(/, done in \d+s$/);
    });

    it("uses the stand-in only when there is no download", async () => {
        const random = toolCatalog().find(({ id }) => id === "random-provider") as Tool;
        expect(await obtain(random)).toBe("stand-in");
        rmSync(join(cache, "tools"), { recursive: true });
        sources.downloadable = true;
        expect(await obtain(random)).toBe("download");
    });

    it("does the work once for callers that come at the same time", async () => {
        sources.downloadable = true;
        const found = await Promise.all([obtain(), obtain(), obtain()]);
        expect(found.sort()).toEqual(["cache", "cache", "download"]);
    });
});

describe("when a tool cannot be had", () => {
    it("says in one line what is missing and how to get it", async () => {
        const failure = await obtain().catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(ToolchainError);
        expect((failure as Error).message).toBe(
            "kwok v0.8.0 is missing: it cannot be downloaded (github.com) and Go 1.26 or later is " +
                "not installed. Install Go from https://go.dev/dl/ or connect this machine to the " +
                "download site, then run again.",
        );
    });

    it("leaves nothing behind that a later run would take for the tool", async () => {
        await expect(obtain()).rejects.toThrow(ToolchainError);
        sources.downloadable = true;
        expect(await obtain()).toBe("download");
        expect(readdirSync(join(cache, "work"))).toEqual([]);
    });
});

it("gives the CLI's root and a Pulumi home in which each plugin is at its locked version", async () => {
    sources.downloadable = true;
    const catalog = toolCatalog({ platform: "linux", arch: "x64" });
    const toolchain = await ensureToolchain({
        onProgress: () => undefined,
        cache,
        sources,
        catalog,
    });
    expect(toolchain.pulumiCommand).toBe(join(toolchain.pulumiRoot, "bin", "pulumi"));
    expect(toolchain.env["PULUMI_HOME"]).toBe(toolchain.pulumiHome);
    const plugins = catalog.filter(({ plugin }) => plugin !== undefined);
    expect(readdirSync(join(toolchain.pulumiHome, "plugins")).sort()).toEqual(
        plugins.map(({ plugin, version }) => `resource-${plugin}-v${version}`).sort(),
    );
});
