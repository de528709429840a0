import { CoreV1Api } from "@kubernetes/client-node";
import { Installation } from "../installation";

/** Nodes that kwok simulates: https://kwok.sigs.k8s.io/docs/user/kwok-manage-nodes-and-pods/ */
const SIMULATED = { annotation: "kwok.x-k8s.io/node", value: "fake" };

/** Whether no container runs in a cluster, as all its nodes are simulated. Not where nodes may not be listed. */
export async function isSimulated({ kubernetes }: Installation): Promise<boolean> {
    try {
        const { items } = await kubernetes.makeApiClient(CoreV1Api).listNode();
        return (
            items.length > 0 &&
            items.every(
                ({ metadata }) => metadata?.annotations?.[SIMULATED.annotation] === SIMULATED.value,
            )
        );
    } catch {
        return false;
    }
}
