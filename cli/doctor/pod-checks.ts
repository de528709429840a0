import { CoreV1Api, V1Pod } from "@kubernetes/client-node";
import { RELAY_NAME } from "../../contract/installation-file";
import { Installation } from "../installation";
import { listWorkloads } from "../workloads/workloads";
import { Check } from "./check";

/** Every pod of HySDS, and why it does not run. */
export const pods: Check = {
    name: "pods",
    fix: "ask an administrator of the cluster for the right to list pods",
    async look({ installation }, findings) {
        const all = await listPods(installation);
        for (const pod of all) {
            const why = complaint(pod);
            if (why) {
                const { name, namespace } = pod.metadata ?? {};
                findings.problem(
                    `${namespace}/${name}: ${why}`,
                    `kubectl --namespace ${namespace} describe pod ${name}`,
                );
            }
        }
        if (findings.all.length === 0) {
            findings.ok(`${all.length} run`);
        }
    },
};

async function listPods({ kubernetes, namespaces }: Installation): Promise<V1Pod[]> {
    const api = kubernetes.makeApiClient(CoreV1Api);
    const { services, jobs, stores } = namespaces;
    const labelSelector = "app.kubernetes.io/part-of=hysds";
    const lists = await Promise.all(
        [...new Set([services, jobs, stores])].map((namespace) =>
            api.listNamespacedPod({ namespace, labelSelector }),
        ),
    );
    return lists.flatMap(({ items }) => items);
}

/** Why a pod is not as it should be; undefined when it is, has done its work, or ends. */
function complaint({ metadata, status }: V1Pod): string | undefined {
    if (status?.phase === "Succeeded" || metadata?.deletionTimestamp) {
        return undefined;
    }
    const waiting = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
        .map(({ state }) => state?.waiting)
        .find(
            (each) =>
                each?.reason && !["ContainerCreating", "PodInitializing"].includes(each.reason),
        );
    if (waiting) {
        return [waiting.reason, waiting.message].filter(Boolean).join(": ");
    }
    const unscheduled = status?.conditions?.find(
        ({ type, status: value }) => type === "PodScheduled" && value === "False",
    );
    if (unscheduled) {
        return `Pending: ${unscheduled.message}`;
    }
    const ready = status?.conditions?.find(({ type }) => type === "Ready");
    return ready?.status === "True" ? undefined : `${status?.phase}, not ready`;
}

/** Whether every volume was made. */
export const volumes: Check = {
    name: "volumes",
    fix: "ask an administrator of the cluster for the right to list PersistentVolumeClaims",
    async look({ installation: { kubernetes, namespaces } }, findings) {
        const api = kubernetes.makeApiClient(CoreV1Api);
        const namespace = namespaces.stores;
        const { items } = await api.listNamespacedPersistentVolumeClaim({ namespace });
        for (const { metadata, status } of items) {
            if (status?.phase !== "Bound") {
                findings.problem(
                    `${namespace}/${metadata?.name} is ${status?.phase}`,
                    `kubectl --namespace ${namespace} describe pvc ${metadata?.name}; hysds:storageClass names another StorageClass`,
                );
            }
        }
        if (findings.all.length === 0) {
            findings.ok(`${items.length} are bound`);
        }
    },
};

/** Whether the way to everything else is there. */
export const relay: Check = {
    name: "relay",
    fix: 'run "pulumi up"',
    async look({ installation }, findings) {
        const found = (await listWorkloads(installation)).find(({ name }) => name === RELAY_NAME);
        const { services } = installation.namespaces;
        if (found && found.ready > 0) {
            findings.ok("is ready");
        } else if (found) {
            findings.problem(
                "is not ready",
                `kubectl --namespace ${services} describe deployment ${RELAY_NAME}`,
            );
        } else {
            findings.problem(`there is none in ${services}`, 'run "pulumi up"');
        }
    },
};
