import {
    AppsV1Api,
    KubeConfig,
    PatchStrategy,
    setHeaderOptions,
    V1Deployment,
    V1StatefulSet,
} from "@kubernetes/client-node";
import pRetry from "p-retry";
import { kubernetesError, statusOf } from "../kubernetes-error";
import { pause, ScaledObject } from "./scaled-objects";
import { Workload } from "./workloads";

/** Annotation of a stopped workload: the replicas that it had. */
export const FORMER_REPLICAS = "hysds-ops/replicas";

/** Field manager of what `hysds-ops` writes. */
export const FIELD_MANAGER = "hysds-ops";

/** What starting or stopping did to a workload. */
export interface Scaled {
    readonly workload: string;
    readonly namespace: string;
    readonly from: number;
    readonly to: number;
    /** KEDA was told, and does it. */
    readonly by: "replicas" | "keda";
}

const CONFLICT = 409;

interface Change {
    readonly replicas: number;
    /** null forgets the former ones. */
    readonly former: number | null;
}

/** Takes a workload's pods away and remembers how many there were; undefined when it was stopped already. */
export async function stopWorkload(
    kubernetes: KubeConfig,
    workload: Workload,
    scaledObject: ScaledObject | undefined,
): Promise<Scaled | undefined> {
    if (scaledObject) {
        if (scaledObject.pausedAt === 0) {
            return undefined;
        }
        await pause(kubernetes, scaledObject, 0);
        return scaled(workload, 0, "keda");
    }
    if (workload.wanted === 0) {
        return undefined;
    }
    await change(kubernetes, workload, { replicas: 0, former: workload.wanted });
    return scaled(workload, 0, "replicas");
}

/**
 * Gives a stopped workload the pods back that it had, one where nobody remembers; undefined when it was not stopped.
 * The number of replicas is then nobody's again, so that the next `pulumi up` may change it.
 */
export async function startWorkload(
    kubernetes: KubeConfig,
    workload: Workload,
    scaledObject: ScaledObject | undefined,
): Promise<Scaled | undefined> {
    if (scaledObject) {
        if (scaledObject.pausedAt === undefined) {
            return undefined;
        }
        await pause(kubernetes, scaledObject, null);
        return scaled(workload, scaledObject.minReplicas, "keda");
    }
    if (workload.wanted > 0) {
        return undefined;
    }
    const replicas = Number(workload.annotations[FORMER_REPLICAS] ?? 1);
    await change(kubernetes, workload, { replicas, former: null });
    await disown(kubernetes, workload);
    return scaled(workload, replicas, "replicas");
}

function scaled({ name, namespace, wanted }: Workload, to: number, by: Scaled["by"]): Scaled {
    return { workload: name, namespace, from: wanted, to, by };
}

async function change(
    kubernetes: KubeConfig,
    workload: Workload,
    { replicas, former }: Change,
): Promise<void> {
    const annotations = { [FORMER_REPLICAS]: former === null ? null : String(former) };
    await patch(kubernetes, workload, { metadata: { annotations }, spec: { replicas } });
}

/** Whoever owns a field stands in the way of a server-side apply that changes it. */
function disown(kubernetes: KubeConfig, workload: Workload): Promise<void> {
    const once = async () => {
        const { metadata } = await read(kubernetes, workload);
        const others = metadata?.managedFields?.filter(({ manager }) => manager !== FIELD_MANAGER);
        const { resourceVersion } = metadata ?? {};
        await patch(kubernetes, workload, { metadata: { resourceVersion, managedFields: others } });
    };
    return pRetry(once, {
        retries: 8,
        minTimeout: 100,
        // Its controller has written the object in the meantime.
        shouldRetry: ({ error }) => statusOf(error.cause) === CONFLICT,
    });
}

function read(
    kubernetes: KubeConfig,
    { kind, namespace, name }: Workload,
): Promise<V1Deployment | V1StatefulSet> {
    const api = kubernetes.makeApiClient(AppsV1Api);
    return kind === "StatefulSet"
        ? api.readNamespacedStatefulSet({ namespace, name })
        : api.readNamespacedDeployment({ namespace, name });
}

async function patch(kubernetes: KubeConfig, workload: Workload, body: object): Promise<void> {
    const api = kubernetes.makeApiClient(AppsV1Api);
    const { kind, namespace, name } = workload;
    const request = { namespace, name, body, fieldManager: FIELD_MANAGER };
    const options = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);
    try {
        await (kind === "StatefulSet"
            ? api.patchNamespacedStatefulSet(request, options)
            : api.patchNamespacedDeployment(request, options));
    } catch (failure) {
        throw kubernetesError(failure, kubernetes, `scaling ${namespace}/${name}`);
    }
}
