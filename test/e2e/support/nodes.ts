import { CoreV1Api, KubeConfig, V1Node, V1Taint } from "@kubernetes/client-node";
import { Evaluation } from "../../../plan/evaluation";
import { reveal } from "../../../plan/secret";

/** What EKS makes of a node group, as far as the scheduler is concerned. */
interface NodeGroup {
    readonly labels?: Readonly<Record<string, string>>;
    readonly taints?: readonly { key: string; value: string; effect: string }[];
}

/** EKS's names of taint effects, as Kubernetes writes them. */
const effects: Readonly<Record<string, string>> = {
    NO_SCHEDULE: "NoSchedule",
    NO_EXECUTE: "NoExecute",
    PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

const nodesPerGroup = 3;

/**
 * Joins nodes to the cluster as EKS would from the stack's node groups, with their labels and taints, because a
 * simulated AWS starts no instances.
 *
 * @returns takes the nodes away again.
 */
export async function joinNodes(
    kubeconfigPath: string,
    evaluation: Evaluation,
): Promise<() => Promise<void>> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfigPath);
    const api = config.makeApiClient(CoreV1Api);
    const names: string[] = [];
    for (const { type, name: groupName, inputs } of evaluation.resources) {
        if (type !== "aws:eks/nodeGroup:NodeGroup") {
            continue;
        }
        const group = reveal(inputs) as NodeGroup;
        for (let index = 0; index < nodesPerGroup; index++) {
            const name = `${groupName}-${index}`;
            await api.createNode({ body: node(name, index, group) });
            names.push(name);
        }
    }
    return async () => {
        for (const name of names) {
            await api.deleteNode({ name });
        }
    };
}

function node(name: string, index: number, group: NodeGroup): V1Node {
    const taints: V1Taint[] = (group.taints ?? []).map(({ key, value, effect }) => ({
        key,
        value,
        effect: effects[effect] ?? effect,
    }));
    return {
        apiVersion: "v1",
        kind: "Node",
        metadata: {
            name,
            annotations: { "kwok.x-k8s.io/node": "fake" },
            labels: {
                ...group.labels,
                "kubernetes.io/arch": "amd64",
                "kubernetes.io/os": "linux",
                "kubernetes.io/hostname": name,
                "topology.kubernetes.io/zone": `us-west-2${"abc"[index]}`,
            },
        },
        spec: { taints },
    };
}
