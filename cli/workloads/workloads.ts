import {
    AppsV1Api,
    V1DaemonSet,
    V1Deployment,
    V1ObjectMeta,
    V1StatefulSet,
} from "@kubernetes/client-node";
import { QUEUE_ANNOTATION } from "../../contract/labels";
import { Installation } from "../installation";
import { kubernetesError } from "../kubernetes-error";

/** What runs pods of HySDS. */
export interface Workload {
    readonly kind: "Deployment" | "StatefulSet" | "DaemonSet";
    readonly namespace: string;
    readonly name: string;
    /** `mozart`, …, or `stores`, `gateway` and others that are none of HySDS's own. */
    readonly component: string;
    /** Of workers: the Celery queue. */
    readonly queue?: string;
    /** Pods that there should be. */
    readonly wanted: number;
    readonly ready: number;
    /** Pods of the newest specification. */
    readonly updated: number;
    readonly annotations: Readonly<Record<string, string>>;
    /** Label selector of its pods. */
    readonly selector: string;
}

const OURS = "app.kubernetes.io/part-of=hysds";
const COMPONENT_LABEL = "app.kubernetes.io/component";

/** Every workload of an installation, by component and name. */
export async function listWorkloads({
    kubernetes,
    namespaces,
}: Pick<Installation, "kubernetes" | "namespaces">): Promise<Workload[]> {
    const api = kubernetes.makeApiClient(AppsV1Api);
    const { services, jobs, stores } = namespaces;
    const places = [...new Set([services, jobs, stores])];
    try {
        const found = await Promise.all(
            places.map(async (namespace) => {
                const query = { namespace, labelSelector: OURS };
                const [deployments, statefulSets, daemonSets] = await Promise.all([
                    api.listNamespacedDeployment(query),
                    api.listNamespacedStatefulSet(query),
                    api.listNamespacedDaemonSet(query),
                ]);
                return [
                    ...deployments.items.map((item) => scalable("Deployment", item)),
                    ...statefulSets.items.map((item) => scalable("StatefulSet", item)),
                    ...daemonSets.items.map(daemon),
                ];
            }),
        );
        return found.flat().sort(byComponentAndName);
    } catch (failure) {
        throw kubernetesError(failure, kubernetes, "listing workloads");
    }
}

function scalable(
    kind: "Deployment" | "StatefulSet",
    { metadata, spec, status }: V1Deployment | V1StatefulSet,
): Workload {
    return {
        kind,
        ...common(metadata, spec?.selector.matchLabels),
        wanted: spec?.replicas ?? 1,
        ready: status?.readyReplicas ?? 0,
        updated: status?.updatedReplicas ?? 0,
    };
}

function daemon({ metadata, spec, status }: V1DaemonSet): Workload {
    return {
        kind: "DaemonSet",
        ...common(metadata, spec?.selector.matchLabels),
        wanted: status?.desiredNumberScheduled ?? 0,
        ready: status?.numberReady ?? 0,
        updated: status?.updatedNumberScheduled ?? 0,
    };
}

function common(
    metadata: V1ObjectMeta | undefined,
    matchLabels: Readonly<Record<string, string>> = {},
): Omit<Workload, "kind" | "wanted" | "ready" | "updated"> {
    const annotations = metadata?.annotations ?? {};
    return {
        namespace: metadata?.namespace ?? "",
        name: metadata?.name ?? "",
        component: metadata?.labels?.[COMPONENT_LABEL] ?? "",
        queue: annotations[QUEUE_ANNOTATION],
        annotations,
        selector: Object.entries(matchLabels)
            .map(([label, value]) => `${label}=${value}`)
            .join(","),
    };
}

function byComponentAndName(one: Workload, other: Workload): number {
    return one.component.localeCompare(other.component) || one.name.localeCompare(other.name);
}
