import {
    CustomObjectsApi,
    KubeConfig,
    PatchStrategy,
    setHeaderOptions,
} from "@kubernetes/client-node";
import { Installation } from "../installation";
import { kubernetesError, statusOf } from "../kubernetes-error";

const KIND = { group: "keda.sh", version: "v1alpha1", plural: "scaledobjects" } as const;

/** https://keda.sh/docs/latest/concepts/scaling-deployments/#pausing-autoscaling */
const PAUSED = "autoscaling.keda.sh/paused-replicas";

/** What KEDA scales, and whether it is paused. */
export interface ScaledObject {
    readonly namespace: string;
    readonly name: string;
    /** The Deployment. */
    readonly target: string;
    /** Replicas that it is held at. */
    readonly pausedAt?: number;
    readonly minReplicas: number;
}

interface ScaledObjectResource {
    readonly metadata: {
        readonly name: string;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly spec: {
        readonly scaleTargetRef: { readonly name: string };
        readonly minReplicaCount?: number;
    };
}

/** Every ScaledObject of an installation; none where the cluster has no KEDA. */
export async function listScaledObjects({
    kubernetes,
    namespaces,
}: Pick<Installation, "kubernetes" | "namespaces">): Promise<ScaledObject[]> {
    const api = kubernetes.makeApiClient(CustomObjectsApi);
    const found = await Promise.all(
        [namespaces.services, namespaces.jobs].map(async (namespace) => {
            try {
                const list = (await api.listNamespacedCustomObject({ ...KIND, namespace })) as {
                    readonly items: readonly ScaledObjectResource[];
                };
                return list.items.map((item) => scaledObject(namespace, item));
            } catch (failure) {
                if (statusOf(failure) === 404) {
                    return [];
                }
                throw kubernetesError(failure, kubernetes, "listing ScaledObjects");
            }
        }),
    );
    return found.flat();
}

function scaledObject(namespace: string, { metadata, spec }: ScaledObjectResource): ScaledObject {
    const paused = metadata.annotations?.[PAUSED];
    return {
        namespace,
        name: metadata.name,
        target: spec.scaleTargetRef.name,
        ...(paused === undefined ? {} : { pausedAt: Number(paused) }),
        minReplicas: spec.minReplicaCount ?? 0,
    };
}

/** Has KEDA hold a workload at a number of replicas; null lets it scale again. */
export async function pause(
    kubernetes: KubeConfig,
    { namespace, name }: ScaledObject,
    replicas: number | null,
): Promise<void> {
    const annotations = { [PAUSED]: replicas === null ? null : String(replicas) };
    try {
        await kubernetes
            .makeApiClient(CustomObjectsApi)
            .patchNamespacedCustomObject(
                { ...KIND, namespace, name, body: { metadata: { annotations } } },
                setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
            );
    } catch (failure) {
        throw kubernetesError(failure, kubernetes, `patching ScaledObject ${name}`);
    }
}
