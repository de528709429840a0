import { Resolver } from "node:dns/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiException, CoreV1Api, DiscoveryV1Api, KubeConfig } from "@kubernetes/client-node";

const READY_TIMEOUT_MS = 300_000;
const POLL_MS = 250;
const KUBE_PROXY_HEALTH_PORT = 10256;

/**
 * Lets pods reach the API server by the Service `kubernetes`. The server itself listens on loopback, which no endpoint
 * may be, and publishes none.
 */
export async function publishApiServer(
    config: KubeConfig,
    endpoint: { readonly address: string; readonly port: number },
): Promise<void> {
    const api = config.makeApiClient(DiscoveryV1Api);
    const name = "kubernetes";
    const namespace = "default";
    const body = {
        metadata: { name, namespace, labels: { "kubernetes.io/service-name": name } },
        addressType: "IPv4",
        endpoints: [{ addresses: [endpoint.address], conditions: { ready: true } }],
        ports: [{ name: "https", port: endpoint.port, protocol: "TCP" }],
    };
    await api.deleteNamespacedEndpointSlice({ name, namespace }).catch((error: unknown) => {
        if (!(error instanceof ApiException && error.code === 404)) {
            throw error;
        }
    });
    await api.createNamespacedEndpointSlice({ namespace, body });
}

/**
 * Waits until a node is Ready, answers questions for names, and has the rules of every Service.
 *
 * @throws Error that names what is missing after five minutes
 */
export async function untilReady(config: KubeConfig, node: string, address: string): Promise<void> {
    const checks: Readonly<Record<string, () => Promise<boolean>>> = {
        kubelet: () => isNodeReady(config, node),
        CoreDNS: () => answersNames(address),
        "kube-proxy": () => isHealthy(`http://${address}:${KUBE_PROXY_HEALTH_PORT}/healthz`),
    };
    const deadline = Date.now() + READY_TIMEOUT_MS;
    for (const [name, check] of Object.entries(checks)) {
        while (!(await check())) {
            if (Date.now() > deadline) {
                throw new Error(`the node's ${name} was not ready in five minutes`);
            }
            await sleep(POLL_MS);
        }
    }
}

async function isNodeReady(config: KubeConfig, name: string): Promise<boolean> {
    const { items } = await config.makeApiClient(CoreV1Api).listNode();
    const node = items.find(({ metadata }) => metadata?.name === name);
    const ready = node?.status?.conditions?.find(({ type }) => type === "Ready");
    return ready?.status === "True";
}

async function answersNames(server: string): Promise<boolean> {
    const resolver = new Resolver({ timeout: 1000, tries: 1 });
    resolver.setServers([server]);
    return resolver.resolve4("kubernetes.default.svc.cluster.local").then(
        (addresses) => addresses.length > 0,
        () => false,
    );
}

async function isHealthy(url: string): Promise<boolean> {
    return fetch(url).then(
        (response) => response.ok,
        () => false,
    );
}
