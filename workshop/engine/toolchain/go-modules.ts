import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { goModuleFolder } from "./cache";
import type { EmbeddedJson, GoBuild, Tool } from "./catalog";
import { run } from "./run";

/** Set for every call of Go: an enclosing workspace of the user's must not take part. */
const GO_ENVIRONMENT = { GOWORK: "off" };

/**
 * Why the machine's Go cannot build the tool, as the end of a sentence, or undefined when it can.
 * The version each tool needs is the `go` line of its go.mod. A Go that fetches newer toolchains
 * by itself (`GOTOOLCHAIN` other than `local`, Go 1.21 and later) will do.
 */
export async function whyGoCannotBuild(tool: Tool): Promise<string | undefined> {
    const needed = await neededGoVersion(tool);
    let settings: string[];
    try {
        settings = (await go(["env", "GOVERSION", "GOTOOLCHAIN"], process.cwd())).split("\n");
    } catch {
        return `Go ${needed} or later is not installed`;
    }
    const present = (settings[0] ?? "").replace(/^go/, "");
    if (compareVersions(present, needed) >= 0) {
        return undefined;
    }
    if (settings[1] !== "local" && compareVersions(present, "1.21") >= 0) {
        return undefined;
    }
    return `Go ${present} is too old (${needed} or later is needed)`;
}

async function neededGoVersion(tool: Tool): Promise<string> {
    let needed = "1.24";
    for (const build of tool.builds) {
        const file = await readFile(join(goModuleFolder(build.module), "go.mod"), "utf8");
        const version = /^go (\S+)$/m.exec(file)?.[1] ?? needed;
        needed = compareVersions(version, needed) > 0 ? version : needed;
    }
    return needed;
}

/** Compares dotted version numbers; negative when `a` is older than `b`. */
export function compareVersions(a: string, b: string): number {
    const [left, right] = [a, b].map((version) => version.split(/[.-]/).map(Number));
    for (let index = 0; index < 3; index++) {
        const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
        if (difference !== 0) {
            return difference;
        }
    }
    return 0;
}

/**
 * Builds a tool's executables into `folder` from the Go modules that `workshop/engine/go` names and locks.
 *
 * @throws ToolchainError with the compiler's or module proxy's last line when a build fails.
 */
export async function buildTool(tool: Tool, folder: string): Promise<void> {
    const source = join(folder, "source");
    for (const build of tool.builds) {
        const module = join(source, build.module);
        mkdirSync(module, { recursive: true });
        cpSync(goModuleFolder(build.module), module, { recursive: true });
        await generateEmbeds(build.embeds ?? [], module);
        await go(buildArguments(build, join(folder, build.output)), module);
        for (const link of build.links ?? []) {
            symlinkSync(build.output, join(folder, link));
        }
    }
    await rm(source, { recursive: true });
}

function buildArguments(build: GoBuild, output: string): string[] {
    const variables = Object.entries(build.variables ?? {});
    const flags = ["-s", "-w", ...variables.map(([name, value]) => `-X ${name}=${value}`)];
    return [
        "build",
        "-mod=readonly",
        "-trimpath",
        "-buildvcs=false",
        "-ldflags",
        flags.join(" "),
        ...(build.tags === undefined ? [] : ["-tags", build.tags.join(",")]),
        "-o",
        output,
        build.package,
    ];
}

async function generateEmbeds(embeds: readonly EmbeddedJson[], module: string): Promise<void> {
    for (const embed of embeds) {
        await go(["mod", "download", embed.fromModule], module);
        const format = ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", embed.fromModule];
        const folder = (await go(format, module)).trim();
        const content = await readFile(join(folder, embed.path), "utf8");
        const fields = { ...(JSON.parse(content) as object), ...embed.set };
        await writeFile(join(module, embed.saveAs), JSON.stringify(fields));
    }
}

function go(args: readonly string[], cwd: string): Promise<string> {
    return run("go", args, { cwd, env: { ...process.env, ...GO_ENVIRONMENT }, lowPriority: true });
}
