import { mkdir, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import getPort from "get-port";
import { vi } from "vitest";
import { connect } from "node:net";
import { debianNginx } from "../consumers/nginx";
import { end } from "../consumers/processes";

export interface RelayArgs {
    /** An empty folder for its files. */
    readonly folder: string;
    /** nginx.conf as the stack has it. */
    readonly configuration: string;
    /** Ports of the relay, and the ports on this machine that stand for what is behind them. */
    readonly behind: ReadonlyMap<number, number>;
}

export interface RunningRelay {
    /** Ports of the relay by its configuration, and where it listens instead. */
    readonly ports: ReadonlyMap<number, number>;
    stop(): Promise<void>;
}

/**
 * nginx with the relay's configuration, in which nothing but ports, paths and the addresses behind are others.
 *
 * @throws Error with what nginx says when it refuses the configuration
 */
export async function startRelay(args: RelayArgs): Promise<RunningRelay> {
    const { folder, behind } = args;
    const root = await debianNginx();
    await mkdir(join(folder, "tmp"));
    const ports = new Map<number, number>();
    for (const port of behind.keys()) {
        ports.set(port, await getPort());
    }
    const file = join(folder, "nginx.conf");
    const module = join(root, "usr/lib/nginx/modules/ngx_stream_module.so");
    await writeFile(file, `load_module ${module};\n${here(args, ports)}`);
    const nginx = join(root, "usr/sbin/nginx");
    const files = ["-p", folder, "-c", file, "-e", "stderr"];
    await execa(nginx, [...files, "-t"]);
    const child = execa(nginx, [...files, "-g", `daemon off; user ${userInfo().username};`], {
        all: true,
        reject: false,
        forceKillAfterDelay: 5_000,
    });
    await vi.waitFor(() => connected([...ports.values()][0] ?? 0), { timeout: 20_000 });
    return { ports, stop: () => end(child) };
}

function here({ folder, configuration, behind }: RelayArgs, ports: RunningRelay["ports"]): string {
    const paths = configuration
        .replaceAll("${NGINX_LOCAL_RESOLVERS}", "127.0.0.1")
        .replaceAll(" /tmp/", ` ${folder}/tmp/`)
        .replaceAll("/dev/stderr", join(folder, "error.log"));
    return [...behind].reduce(
        (text, [port, target]) =>
            text
                .replace(`listen 127.0.0.1:${port};`, `listen 127.0.0.1:${ports.get(port)};`)
                .replace(new RegExp(`(set \\$behind_${port}) [^;]+;`), `$1 127.0.0.1:${target};`),
        paths,
    );
}

function connected(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
        const socket = connect({ host: "127.0.0.1", port });
        socket.once("connect", () => {
            socket.destroy();
            resolve();
        });
        socket.once("error", reject);
    });
}
