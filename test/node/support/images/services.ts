import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import getPort from "get-port";
import { cacheRoot } from "../../../../workshop/engine/toolchain/cache";
import { OnProgress } from "../../../../workshop/engine/progress";
import { ensureTools } from "../../../../workshop/engine/toolchain";
import { IMAGE_TOOLS, imageTools } from "../../../../workshop/engine/toolchain/image-tools";

/** Where images come from: BuildKit, and the registry that it pulls from and pushes to. */
export interface ImageServices {
    /** Host and port of the registry, which speaks plain HTTP: what a node uses as its mirror of every other. */
    readonly registry: string;
    /** BuildKit's client, with the daemon's address. */
    readonly buildctl: readonly [string, ...string[]];
    stop(): Promise<void>;
}

export interface ImageServiceArgs {
    /** Folder of logs, the socket and the configuration: of one run. */
    readonly dir: string;
    readonly onProgress: OnProgress;
    /** Address that the registry listens on: that of a bridge, for who is to pull from inside a pod. Default: loopback. */
    readonly listen?: string;
}

const READY_MS = 60_000;
const INTERVAL_MS = 200;
const STOP_MS = 30_000;
const RUNC = "/usr/sbin/runc";

/** Layers that BuildKit keeps between runs, in the cache. The registry keeps none: it is given every image again. */
function stateFolder(): string {
    return join(cacheRoot(), "images", "buildkit");
}

/**
 * Starts BuildKit and a registry. BuildKit's layers stay in the cache, so that what has not changed is not built again;
 * the registry is filled anew in each run. Needs root, Linux, and `runc` (Debian's package).
 *
 * @throws Error with the log's path when one of them does not start
 */
export async function startServices(args: ImageServiceArgs): Promise<ImageServices> {
    const catalog = imageTools();
    const tools = await ensureTools({ onProgress: args.onProgress, tools: IMAGE_TOOLS, catalog });
    const bin = (id: "buildkit" | "registry", name: string): string =>
        join(tools.get(id)?.folder ?? "", name);
    const host = args.listen ?? "127.0.0.1";
    const registry = `${host}:${await getPort({ host })}`;
    await mkdir(args.dir, { recursive: true });
    const server = await startRegistry(bin("registry", "crane"), registry, args.dir);
    try {
        const buildctl = bin("buildkit", "buildctl");
        const daemon = await startBuildkit(
            bin("buildkit", "buildkitd"),
            buildctl,
            registry,
            args.dir,
        );
        const stop = async (): Promise<void> => {
            await daemon.stop();
            await removeSteps();
            await server.stop();
        };
        return { registry, buildctl: [buildctl, "--addr", address(args.dir)], stop };
    } catch (error) {
        await server.stop();
        throw error;
    }
}

interface Running {
    stop(): Promise<void>;
}

/**
 * A process that writes to a log of its own. It ends with the one that starts it, however that ends: BuildKit that was
 * left behind keeps its state locked, and every later one would wait for it in vain.
 */
function start(file: string, args: readonly string[], log: string): Running {
    const child = execa("setpriv", ["--pdeathsig", "TERM", "--", file, ...args], {
        stdin: "ignore",
        stdout: { file: log },
        stderr: { file: log, append: true },
        reject: false,
        forceKillAfterDelay: STOP_MS,
    });
    return {
        stop: async () => {
            child.kill("SIGTERM");
            await child;
        },
    };
}

/** Asks until there is an answer. For suites and for scripts: vitest's own works in its tests only. */
async function untilReady(
    server: Running,
    log: string,
    ready: () => Promise<unknown>,
): Promise<void> {
    for (const end = Date.now() + READY_MS; ; await sleep(INTERVAL_MS)) {
        try {
            await ready();
            return;
        } catch (cause) {
            if (Date.now() > end) {
                await server.stop();
                throw new Error(`No answer within ${READY_MS / 1000} s: read ${log}`, { cause });
            }
        }
    }
}

async function startRegistry(crane: string, registry: string, dir: string): Promise<Running> {
    const blobs = join(dir, "registry");
    const log = join(dir, "registry.log");
    await mkdir(blobs, { recursive: true });
    const server = start(crane, ["registry", "serve", "--address", registry, "--disk", blobs], log);
    await untilReady(server, log, () => fetch(`http://${registry}/v2/`));
    return server;
}

function address(dir: string): string {
    return `unix://${join(dir, "buildkitd.sock")}`;
}

async function startBuildkit(
    daemon: string,
    client: string,
    registry: string,
    dir: string,
): Promise<Running> {
    const file = join(dir, "buildkitd.toml");
    const log = join(dir, "buildkitd.log");
    await mkdir(stateFolder(), { recursive: true });
    await writeFile(file, configuration(registry));
    const args = ["--config", file, "--root", stateFolder(), "--addr", address(dir)];
    const server = start(daemon, args, log);
    await untilReady(server, log, () =>
        execa(client, ["--addr", address(dir), "debug", "workers"]),
    );
    return server;
}

/** A daemon that is stopped in mid-build leaves what runc knows of its steps. */
async function removeSteps(): Promise<void> {
    const { stdout } = await execa(RUNC, ["list", "--format", "json"]);
    const steps = (JSON.parse(stdout) ?? []) as { id: string; bundle: string }[];
    for (const { id } of steps.filter(({ bundle }) => bundle.startsWith(stateFolder()))) {
        await execa(RUNC, ["delete", "--force", id]);
    }
}

/**
 * Every step runs in the machine's own network, which knows the way to package mirrors; base images come from our
 * registry by their own names. https://github.com/moby/buildkit/blob/master/docs/buildkitd.toml.md
 */
function configuration(registry: string): string {
    return `[worker.oci]
enabled = true
binary = "${RUNC}"
snapshotter = "overlayfs"
networkMode = "host"
max-parallelism = 8
[worker.containerd]
enabled = false
[registry."docker.io"]
mirrors = ["${registry}"]
[registry."${registry}"]
http = true
`;
}
