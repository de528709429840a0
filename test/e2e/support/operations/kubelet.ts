import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
    CoreV1Api,
    KubeConfig,
    PatchStrategy,
    setHeaderOptions,
    V1NodeStatus,
} from "@kubernetes/client-node";
import { execa } from "execa";
import getPort from "get-port";
import { stringify } from "yaml";
import { ensureControlPlaneBinaries } from "../../../../workshop/engine/toolchain";
import { end, said } from "../consumers/processes";

export interface KubeletArgs {
    /** An empty folder. */
    readonly folder: string;
    /** Of the API server whose nodes it stands for. */
    readonly kubeconfig: string;
    /** Ports of pods, and the ports on this machine that a port-forward to them really reaches. */
    readonly ports: ReadonlyMap<number, number>;
    /** Lines of every container's log. */
    readonly log: readonly string[];
}

const API_VERSION = "kwok.x-k8s.io/v1alpha1";

/**
 * The part of a kubelet that kwok simulates on demand: logs and port-forwards of pods that run nowhere. The nodes of
 * the API server are told that their kubelet is here, until it is stopped.
 */
export async function startKubelet(args: KubeletArgs): Promise<{ stop(): Promise<void> }> {
    const { folder, kubeconfig } = args;
    const port = await getPort();
    const config = join(folder, "kwok.yaml");
    await writeFile(config, await configuration(args));
    const { kwok } = await ensureControlPlaneBinaries({ onProgress: () => undefined });
    const child = execa(
        kwok,
        [
            `--kubeconfig=${kubeconfig}`,
            `--config=${config}`,
            `--server-address=127.0.0.1:${port}`,
            // The control plane's own kwok simulates the nodes and their pods.
            "--manage-single-node=none",
        ],
        { all: true, reject: false, forceKillAfterDelay: 10_000 },
    );
    await said(child, "Starting HTTP server");
    const restore = await pointNodesTo(kubeconfig, port);
    return {
        stop: async () => {
            await restore();
            await end(child);
        },
    };
}

/** kwok does not start without a stage; this one is for no node. */
const NO_STAGE = {
    kind: "Stage",
    spec: {
        resourceRef: { apiGroup: "v1", kind: "Node" },
        selector: { matchLabels: { "kwok.x-k8s.io/stage": "none" } },
        steps: [{ delete: true }],
    },
};

/** https://kwok.sigs.k8s.io/docs/generated/apis/ */
async function configuration({ folder, ports, log }: KubeletArgs): Promise<string> {
    const logsFile = join(folder, "container.log");
    // The format of container runtimes: time, stream, tag, line.
    const stamp = new Date().toISOString();
    await writeFile(logsFile, log.map((line) => `${stamp} stdout F ${line}\n`).join(""));
    const forwards = [...ports].map(([port, target]) => ({
        ports: [port],
        target: { port: target, address: "127.0.0.1" },
    }));
    return [
        NO_STAGE,
        { kind: "ClusterPortForward", spec: { selector: {}, forwards } },
        { kind: "ClusterLogs", spec: { selector: {}, logs: [{ logsFile, follow: false }] } },
    ]
        .map((each) => stringify({ apiVersion: API_VERSION, metadata: { name: "all" }, ...each }))
        .join("---\n");
}

async function pointNodesTo(kubeconfig: string, port: number): Promise<() => Promise<void>> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const api = config.makeApiClient(CoreV1Api);
    const { items } = await api.listNode();
    const patch = async (name: string, status: Partial<V1NodeStatus>) => {
        const options = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);
        await api.patchNodeStatus({ name, body: { status } }, options);
    };
    for (const { metadata } of items) {
        await patch(metadata?.name ?? "", {
            addresses: [{ type: "InternalIP", address: "127.0.0.1" }],
            daemonEndpoints: { kubeletEndpoint: { Port: port } },
        });
    }
    return async () => {
        for (const { metadata, status } of items) {
            await patch(metadata?.name ?? "", { addresses: status?.addresses });
        }
    };
}
