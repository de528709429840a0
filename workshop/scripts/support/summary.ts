import * as fs from "node:fs/promises";
import { CoreV1Api, KubeConfig, V1Pod } from "@kubernetes/client-node";
import Table from "cli-table3";
import { EngineError } from "../../engine/errors";

/** How to reach a cluster: both absent means the kubeconfig and context that kubectl would use. */
export interface ClusterAccess {
    readonly kubeconfigPath?: string;
    readonly context?: string;
}

/**
 * The client configuration of a cluster.
 *
 * @throws EngineError when the context is not in the kubeconfig.
 */
export async function kubeConfigOf(access: ClusterAccess): Promise<KubeConfig> {
    const config = new KubeConfig();
    if (access.kubeconfigPath) {
        config.loadFromString(await fs.readFile(access.kubeconfigPath, "utf8"));
    } else {
        config.loadFromDefault();
    }
    if (access.context) {
        const known = config.getContexts().map(({ name }) => name);
        if (!known.includes(access.context)) {
            throw new EngineError(
                `no context "${access.context}" in the kubeconfig; it has: ${known.join(", ") || "none"}`,
            );
        }
        config.setCurrentContext(access.context);
    }
    return config;
}

/**
 * Asks the API server for its version.
 *
 * @throws EngineError with the server's address when it does not answer.
 */
export async function requireReachable(config: KubeConfig): Promise<void> {
    try {
        await config.makeApiClient(CoreV1Api).listNamespace({ limit: 1 });
    } catch (error) {
        const server = config.getCurrentCluster()?.server ?? "no server";
        const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
        throw new EngineError(
            `the cluster of context "${config.getCurrentContext()}" (${server}) does not answer: ${reason}`,
        );
    }
}

/** Borders of a table without lines between its rows. */
const noRules = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

/** A table of the HySDS pods: namespace, workload, how many are ready. */
export async function podTable(config: KubeConfig): Promise<string> {
    const { items } = await config.makeApiClient(CoreV1Api).listPodForAllNamespaces({
        labelSelector: "app.kubernetes.io/part-of=hysds",
    });
    const table = new Table({
        head: ["Namespace", "Part", "Workload", "Pods", "Ready"],
        chars: noRules,
        style: { head: ["bold"], border: [] },
    });
    const workloads = new Set(items.map(workloadOf));
    for (const workload of [...workloads].sort()) {
        const pods = items.filter((pod) => workloadOf(pod) === workload);
        const done = pods.every(({ status }) => status?.phase === "Succeeded");
        table.push([
            ...workload.split("|"),
            pods.length,
            done ? "completed" : pods.filter(isReady).length,
        ]);
    }
    return table.toString();
}

function workloadOf(pod: V1Pod): string {
    const labels = pod.metadata?.labels ?? {};
    return [
        pod.metadata?.namespace,
        labels["app.kubernetes.io/component"],
        labels["app.kubernetes.io/name"],
    ].join("|");
}

function isReady(pod: V1Pod): boolean {
    return (
        pod.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ??
        false
    );
}
