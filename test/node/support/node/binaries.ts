import * as path from "node:path";
import type { OnProgress } from "../../../../workshop/engine/progress";
import { ensureTools } from "../../../../workshop/engine/toolchain";
import { nodeToolCatalog } from "../../../../workshop/engine/toolchain/node-tools";

/** Executables of a node. */
export interface NodeBinaries {
    readonly kubelet: string;
    readonly kubeProxy: string;
    readonly containerd: string;
    readonly ctr: string;
    readonly runc: string;
    readonly coredns: string;
    readonly pause: string;
    /** Folder of the CNI plugins. */
    readonly cniPlugins: string;
}

/** Makes the executables of a node available, as the engine does its own; minutes the first time. */
export async function ensureNodeBinaries(onProgress: OnProgress): Promise<NodeBinaries> {
    const ready = await ensureTools({ onProgress, catalog: nodeToolCatalog() });
    const folder = (id: Parameters<typeof ready.get>[0]): string => ready.get(id)?.folder ?? "";
    return {
        kubelet: path.join(folder("node"), "kubelet"),
        kubeProxy: path.join(folder("node"), "kube-proxy"),
        containerd: path.join(folder("containerd"), "containerd"),
        ctr: path.join(folder("containerd"), "ctr"),
        runc: path.join(folder("runc"), "runc"),
        coredns: path.join(folder("coredns"), "coredns"),
        pause: path.join(folder("pause"), "pause"),
        cniPlugins: folder("cni-plugins"),
    };
}
