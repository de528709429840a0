import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

import { ToolchainError } from "./errors";
import { elapsed, type OnProgress, withHeartbeat } from "./progress";
import { cacheKey, cacheRoot, fillOnce, isComplete, toolFolder } from "./toolchain/cache";
import { type Tool, toolCatalog, type ToolId } from "./toolchain/catalog";
import { buildTool, whyGoCannotBuild } from "./toolchain/go-modules";
import { preparePulumiHome } from "./toolchain/home";
import { findInstalled } from "./toolchain/installed";
import { DownloadProbe, downloadTool } from "./toolchain/official";
import { writeStandIn } from "./toolchain/stand-in";

/** How a tool came to be where it is. */
export type ToolSource = "installed" | "cache" | "download" | "build" | "stand-in";

/** A tool that is ready for use. */
export interface ReadyTool {
    /** Folder that holds the tool's executables. */
    readonly folder: string;
    readonly source: ToolSource;
}

/** The ways to obtain a tool, replaceable in tests. */
export interface ToolSources {
    findInstalled(tool: Tool): Promise<string | undefined>;
    canDownload(tool: Tool): Promise<boolean>;
    download(tool: Tool, folder: string): Promise<void>;
    whyGoCannotBuild(tool: Tool): Promise<string | undefined>;
    build(tool: Tool, folder: string): Promise<void>;
    standIn(tool: Tool, program: string, folder: string): Promise<void>;
}

export interface ToolchainOptions {
    readonly onProgress: OnProgress;
    /** Which tools are needed; all of them by default. */
    readonly tools?: readonly ToolId[];
    /** Where tools are kept; see {@link cacheRoot} for the default. */
    readonly cache?: string;
    readonly sources?: ToolSources;
    readonly catalog?: readonly Tool[];
}

/** Executables of the embedded Kubernetes control plane. */
export interface ControlPlaneBinaries {
    readonly etcd: string;
    readonly kubeApiserver: string;
    readonly kubeControllerManager: string;
    readonly kubeScheduler: string;
    readonly kwok: string;
}

/** Everything a stack needs on this machine to be brought up. */
export interface Toolchain {
    /** Folder whose `bin` holds the `pulumi` executable, as the Automation API's `root` wants it. */
    readonly pulumiRoot: string;
    /** Path of the `pulumi` executable. */
    readonly pulumiCommand: string;
    /** `PULUMI_HOME` that holds the plugins at the versions of package-lock.json. */
    readonly pulumiHome: string;
    /** Variables to add to the environment of every `pulumi` call. */
    readonly env: Readonly<Record<string, string>>;
    readonly controlPlane: ControlPlaneBinaries;
    readonly sources: Readonly<Partial<Record<ToolId, ToolSource>>>;
}

/** Tools the embedded control plane is made of. */
export const CONTROL_PLANE_TOOLS: readonly ToolId[] = ["control-plane", "etcd", "kwok"];

/**
 * Makes the Pulumi CLI, the Node.js language host, the provider plugins and the Kubernetes control
 * plane available. Each comes from the first of these that has it: installed at exactly the version
 * wanted; the cache; the official download; built from Go modules. Nothing outside the cache
 * folder is changed. With everything in the cache it returns within a second.
 *
 * @throws ToolchainError when a tool can be had in none of these ways; the message says what to do.
 */
export async function ensureToolchain(options: ToolchainOptions): Promise<Toolchain> {
    const ready = await ensureTools(options);
    const folder = (id: ToolId): string => ready.get(id)?.folder ?? "";
    const tools = options.catalog ?? toolCatalog();
    const plugins = tools.filter((tool) => tool.plugin !== undefined && ready.has(tool.id));
    const pulumiHome = await preparePulumiHome(
        options.cache ?? cacheRoot(),
        plugins.map((tool) => ({ tool, folder: folder(tool.id) })),
    );
    const pulumiCommand = join(folder("pulumi"), "pulumi");
    return {
        pulumiRoot: dirname(folder("pulumi")),
        pulumiCommand,
        pulumiHome,
        env: {
            PULUMI_HOME: pulumiHome,
            PULUMI_SKIP_UPDATE_CHECK: "true",
            // The plugins are in place; looking for those of every installed SDK costs seconds a run.
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PATH: `${folder("pulumi")}:${process.env["PATH"] ?? ""}`,
        },
        controlPlane: controlPlaneBinaries(folder),
        sources: Object.fromEntries([...ready].map(([id, tool]) => [id, tool.source])),
    };
}

/** Makes only the control plane's executables available; see {@link ensureToolchain}. */
export async function ensureControlPlaneBinaries(
    options: Omit<ToolchainOptions, "tools">,
): Promise<ControlPlaneBinaries> {
    const ready = await ensureTools({ ...options, tools: CONTROL_PLANE_TOOLS });
    return controlPlaneBinaries((id) => ready.get(id)?.folder ?? "");
}

function controlPlaneBinaries(folder: (id: ToolId) => string): ControlPlaneBinaries {
    return {
        etcd: join(folder("etcd"), "etcd"),
        kubeApiserver: join(folder("control-plane"), "kube-apiserver"),
        kubeControllerManager: join(folder("control-plane"), "kube-controller-manager"),
        kubeScheduler: join(folder("control-plane"), "kube-scheduler"),
        kwok: join(folder("kwok"), "kwok"),
    };
}

/** Makes the tools available one after the other, for a build uses every processor by itself. */
export async function ensureTools(options: ToolchainOptions): Promise<Map<ToolId, ReadyTool>> {
    const wanted = (options.catalog ?? toolCatalog()).filter(
        (tool) => options.tools === undefined || options.tools.includes(tool.id),
    );
    const root = options.cache ?? cacheRoot();
    const sources = options.sources ?? realSources(wanted);
    const installed = await Promise.all(wanted.map((tool) => sources.findInstalled(tool)));
    const ready = new Map<ToolId, ReadyTool>();
    const start = Date.now();
    for (const [index, tool] of wanted.entries()) {
        const found = installed[index];
        const label = `[${index + 1}/${wanted.length}] ${tool.title}`;
        ready.set(
            tool.id,
            found === undefined
                ? await obtain(tool, root, sources, label, options.onProgress)
                : { folder: found, source: "installed" },
        );
    }
    if ([...ready.values()].some(({ source }) => source !== "cache" && source !== "installed")) {
        options.onProgress(`Tools ready in ${elapsed(Date.now() - start)}`);
    }
    return ready;
}

function realSources(tools: readonly Tool[]): ToolSources {
    const probe = new DownloadProbe(tools);
    return {
        findInstalled: (tool) => findInstalled(tool),
        canDownload: (tool) => probe.canDownload(tool),
        download: downloadTool,
        whyGoCannotBuild,
        build: buildTool,
        standIn: writeStandIn,
    };
}

async function obtain(
    tool: Tool,
    root: string,
    sources: ToolSources,
    label: string,
    onProgress: OnProgress,
): Promise<ReadyTool> {
    const place = toolFolder(root, tool, cacheKey(tool, process));
    const folder = join(place, "bin");
    let source: ToolSource = "cache";
    const isDone = (): boolean => isComplete(folder, tool);
    await fillOnce(root, place, isDone, async (temporary) => {
        const bin = join(temporary, "bin");
        mkdirSync(bin);
        source = await fill(tool, bin, sources, label, onProgress);
    });
    return { folder, source };
}

async function fill(
    tool: Tool,
    folder: string,
    sources: ToolSources,
    label: string,
    onProgress: OnProgress,
): Promise<ToolSource> {
    if (await sources.canDownload(tool)) {
        await withHeartbeat(`${label}: downloading`, onProgress, () =>
            sources.download(tool, folder),
        );
        return "download";
    }
    const { standIn } = tool;
    if (standIn !== undefined) {
        onProgress(`${label}: not to be had from here, using the stand-in ${standIn}`);
        await sources.standIn(tool, standIn, folder);
        return "stand-in";
    }
    const obstacle = await sources.whyGoCannotBuild(tool);
    if (obstacle !== undefined) {
        throw new ToolchainError(missingTool(tool, obstacle));
    }
    const note = "building from Go modules (several minutes the first time)";
    await withHeartbeat(`${label}: ${note}`, onProgress, () => sources.build(tool, folder));
    return "build";
}

function missingTool(tool: Tool, obstacle: string): string {
    const hosts = new Set(tool.downloads.map(({ url }) => new URL(url).host));
    const where = [...hosts].join(", ");
    const download = hosts.size > 0 ? `it cannot be downloaded (${where}) and ` : "";
    return (
        `${tool.title} is missing: ${download}${obstacle}. ` +
        "Install Go from https://go.dev/dl/ or connect this machine to the download site, then run again."
    );
}
