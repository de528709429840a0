import { mkdir, symlink, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { vi } from "vitest";
import { cached, unpackDebian } from "./cached";
import { end } from "./processes";

/** nginx with its stream and JavaScript modules as Debian packages them, unpacked in the cache and not installed. */
export function debianNginx(): Promise<string> {
    const modules = ["libnginx-mod-http-js", "libnginx-mod-stream"];
    return cached("debian-nginx-stream", (folder) =>
        unpackDebian(["nginx", "nginx-common", ...modules], folder),
    );
}

export interface NginxArgs {
    /** An empty folder for its files. */
    readonly folder: string;
    /** nginx.conf as the project renders it. */
    readonly configuration: string;
    /** Where it listens by its configuration, and where it is to listen here: on loopback. */
    readonly port: { readonly rendered: number; readonly here: number };
    /** Other texts of the configuration, and what stands there instead. */
    readonly instead?: Readonly<Record<string, string>>;
}

/**
 * nginx with a rendered configuration; resolves when it answers on /healthz.
 *
 * @throws Error with what nginx says when it refuses the configuration
 */
export async function startNginx(args: NginxArgs): Promise<{ stop(): Promise<void> }> {
    const root = await debianNginx();
    const { folder, port } = args;
    await mkdir(join(folder, "tmp"));
    await symlink(join(root, "usr/lib/nginx/modules"), join(folder, "modules"));
    const replacements = {
        [`listen ${port.rendered}`]: `listen 127.0.0.1:${port.here}`,
        "${NGINX_LOCAL_RESOLVERS}": "127.0.0.1",
        "/etc/nginx/mime.types": join(root, "etc/nginx/mime.types"),
        " /tmp/": ` ${folder}/tmp/`,
        // Those of a process of Node.js are sockets, which cannot be opened by name.
        "/dev/stdout": join(folder, "access.log"),
        "/dev/stderr": join(folder, "error.log"),
        ...args.instead,
    };
    const text = Object.entries(replacements).reduce(
        (configuration, [rendered, here]) => configuration.replaceAll(rendered, here),
        args.configuration,
    );
    const file = join(folder, "nginx.conf");
    await writeFile(file, text);
    const nginx = join(root, "usr/sbin/nginx");
    const files = ["-p", folder, "-c", file, "-e", "stderr"];
    // Started by root, its workers would be of a user who cannot read the folder.
    const directives = `daemon off; user ${userInfo().username};`;
    await execa(nginx, [...files, "-t"]);
    const child = execa(nginx, [...files, "-g", directives], {
        all: true,
        reject: false,
        forceKillAfterDelay: 5_000,
    });
    await vi.waitFor(() => fetch(`http://127.0.0.1:${port.here}/healthz`), { timeout: 20_000 });
    return { stop: () => end(child) };
}
