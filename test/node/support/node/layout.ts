import * as fs from "node:fs";
import * as path from "node:path";

/** The files of one node, all below the folder it is given. */
export interface Layout {
    readonly dir: string;
    /** What the node's programs see as /run, /var/lib and /var/log. */
    readonly run: string;
    readonly varLib: string;
    readonly varLog: string;
    /** Configuration of the node's programs; written anew at each start. */
    readonly config: string;
    /** What the programs themselves print. */
    readonly logs: string;
    readonly containerdSocket: string;
    /** The data of PersistentVolumes, as this machine and as the node sees it. */
    readonly volumes: string;
    readonly volumesOnNode: string;
}

/** sun_path of unix(7), without its final zero. */
const SOCKET_PATH_LENGTH = 107;

/** Folders that the node has its own of, so a node's files cannot be below them. */
const HIDDEN = ["/run", "/var/lib", "/var/log"];

/**
 * Where the files of a node in `dir` are.
 *
 * @throws Error when `dir` is too long for a socket, or would be hidden from the node's programs
 */
export function layoutOf(dir: string): Layout {
    const absolute = path.resolve(dir);
    const hidden = HIDDEN.find((folder) => `${absolute}/`.startsWith(`${folder}/`));
    if (hidden !== undefined) {
        throw new Error(`a node's folder cannot be below ${hidden}: ${absolute}`);
    }
    const run = path.join(absolute, "run");
    const containerdSocket = path.join(run, "containerd", "containerd.sock");
    if (containerdSocket.length > SOCKET_PATH_LENGTH) {
        throw new Error(`a node's folder needs a shorter path: ${absolute}`);
    }
    const varLib = path.join(absolute, "var-lib");
    return {
        dir: absolute,
        run,
        varLib,
        varLog: path.join(absolute, "var-log"),
        config: path.join(absolute, "config"),
        logs: path.join(absolute, "logs"),
        containerdSocket,
        volumes: path.join(varLib, "volumes"),
        volumesOnNode: "/var/lib/volumes",
    };
}

/**
 * Makes the folders of a machine that has just booted: images and volumes of an earlier start are kept, what its
 * programs remember of pods is not.
 */
export function boot(layout: Layout): void {
    const stale = [layout.run, layout.config, layout.varLog];
    for (const folder of [
        ...stale,
        path.join(layout.varLib, "kubelet"),
        path.join(layout.varLib, "cni"),
    ]) {
        fs.rmSync(folder, { recursive: true, force: true });
    }
    for (const folder of [...stale, layout.varLib, layout.volumes, layout.logs]) {
        fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
    }
}
