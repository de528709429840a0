import { KubeConfig, V1Pod } from "@kubernetes/client-node";
import { PortForwarder } from "../../../cli/access/port-forward";

/** Calls the REST API in a pod, as `kubectl port-forward` lets a user do. */
export async function callRest<Answer>(
    kubeconfig: string,
    pod: V1Pod,
    path: string,
    body?: Readonly<Record<string, unknown>>,
): Promise<Answer> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const { name = "", namespace = "" } = pod.metadata ?? {};
    const forwarder = new PortForwarder(config, { name, namespace });
    try {
        const { host, port } = await forwarder.open(servedPort(pod));
        const answer = await fetch(`http://${host}:${port}${path}`, {
            method: body ? "POST" : "GET",
            headers: { "Content-Type": "application/json" },
            ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const text = await answer.text();
        if (!answer.ok) {
            throw new Error(`${path} answered ${answer.status}: ${text}`);
        }
        return JSON.parse(text) as Answer;
    } finally {
        await forwarder.close();
    }
}

function servedPort({ spec }: V1Pod): number {
    const ports = (spec?.containers ?? []).flatMap((container) => container.ports ?? []);
    const served = ports.find(({ name }) => name === "http")?.containerPort;
    if (served === undefined) {
        throw new Error("the pod serves no HTTP");
    }
    return served;
}
