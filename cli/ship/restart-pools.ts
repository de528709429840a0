import { AppsV1Api, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import { Installation } from "../installation";
import { kubernetesError } from "../kubernetes-error";

const POOLS = "app.kubernetes.io/part-of=hysds,app.kubernetes.io/component=verdi";

/**
 * Starts a rollout of every pool, as `kubectl rollout restart` does: each pod ends after the job that it runs.
 *
 * @returns names of the pools
 */
export async function restartPools({ kubernetes, namespaces }: Installation): Promise<string[]> {
    const namespace = namespaces.jobs;
    const api = kubernetes.makeApiClient(AppsV1Api);
    const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
    const body = { spec: { template: { metadata: { annotations } } } };
    try {
        const { items } = await api.listNamespacedDeployment({ namespace, labelSelector: POOLS });
        const names = items.flatMap(({ metadata }) => metadata?.name ?? []);
        for (const name of names) {
            await api.patchNamespacedDeployment(
                { namespace, name, body },
                setHeaderOptions("Content-Type", PatchStrategy.StrategicMergePatch),
            );
        }
        return names;
    } catch (failure) {
        throw kubernetesError(failure, kubernetes, `restarting the pools of ${namespace}`);
    }
}
