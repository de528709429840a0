import { AppsV1Api, V1Container, V1Deployment } from "@kubernetes/client-node";
import { QUEUE_ANNOTATION } from "../../contract/labels";
import { memoryBytes } from "../../contract/memory-quantity";
import { WorkerDescription } from "../../contract/workers";
import { Installation } from "../installation";
import { kubernetesError } from "../kubernetes-error";

/** The workers that run jobs in an installation. */
export async function runningWorkers({
    kubernetes,
    namespaces: { jobs: namespace },
}: Pick<Installation, "kubernetes" | "namespaces">): Promise<readonly WorkerDescription[]> {
    try {
        const { items } = await kubernetes
            .makeApiClient(AppsV1Api)
            .listNamespacedDeployment({ namespace });
        return describeWorkers(items);
    } catch (failure) {
        throw kubernetesError(failure, kubernetes, `listing workloads of ${namespace}`);
    }
}

/** What Deployments say of the workers that run jobs: those of a queue with a container engine beside them. */
export function describeWorkers(deployments: readonly V1Deployment[]): WorkerDescription[] {
    return deployments.flatMap(describeWorker);
}

function describeWorker({ metadata, spec }: V1Deployment): WorkerDescription[] {
    const queue = metadata?.annotations?.[QUEUE_ANNOTATION];
    const pod = spec?.template.spec;
    const worker = pod?.containers[0];
    const engine = pod?.initContainers?.find(isEngine);
    if (queue === undefined || worker === undefined || engine === undefined) {
        return [];
    }
    const variables = variablesOf(worker);
    const work = worker.volumeMounts?.find(
        ({ mountPath }) => mountPath === variables.HYSDS_ROOT_WORK_DIR,
    );
    const disk = pod?.volumes?.find(({ name }) => name === work?.name)?.emptyDir?.sizeLimit;
    const memory = engine.resources?.limits?.memory;
    return [
        {
            name: metadata?.name ?? "",
            queue,
            isPool: metadata?.labels?.["app.kubernetes.io/component"] === "verdi",
            engine: engine.name as WorkerDescription["engine"],
            diskBytes: memoryBytes(disk ?? ""),
            memoryBytes: memoryBytes(memory ?? ""),
            longestSeconds: pod?.terminationGracePeriodSeconds ?? 0,
            gpus: Number(variables.HYSDS_GPU_AVAILABLE ?? 0),
            variables,
            hasMoreVariables: (worker.envFrom ?? []).length > 0,
            mounts: mountsOf(worker),
            engineMounts: mountsOf(engine),
        },
    ];
}

function isEngine({ name }: V1Container): boolean {
    return name === "podman" || name === "docker";
}

function variablesOf({ env = [] }: V1Container): Record<string, string> {
    return Object.fromEntries(env.map(({ name, value }) => [name, value ?? ""]));
}

function mountsOf({ volumeMounts = [] }: V1Container): string[] {
    return volumeMounts.map(({ mountPath }) => mountPath);
}
