import { FakeKubernetes, FakeObject } from "./fake-kubernetes";

/** A workload of a fake installation. */
export interface FakeWorkload {
    readonly name: string;
    readonly component: string;
    readonly replicas: number;
    /** Default: all. */
    readonly ready?: number;
    readonly queue?: string;
    readonly namespace?: "hysds" | "hysds-jobs" | "hysds-stores";
    /** Its pod's log. */
    readonly log?: string;
}

export const deploymentsOf = (namespace: string): string =>
    `/apis/apps/v1/namespaces/${namespace}/deployments`;
export const scaledObjectsOf = (namespace: string): string =>
    `/apis/keda.sh/v1alpha1/namespaces/${namespace}/scaledobjects`;

const NAMESPACES = ["hysds", "hysds-jobs", "hysds-stores"];

/** A Kubernetes API with these Deployments, a pod each, and whatever else is given. */
export function fakeWorkloads(
    workloads: readonly FakeWorkload[],
    more: Readonly<Record<string, readonly FakeObject[]>> = {},
): FakeKubernetes {
    const inNamespace = (namespace: string) =>
        workloads.filter((workload) => (workload.namespace ?? "hysds") === namespace);
    const collections = NAMESPACES.flatMap((namespace): [string, readonly FakeObject[]][] => [
        [deploymentsOf(namespace), inNamespace(namespace).map(deployment)],
        [`/apis/apps/v1/namespaces/${namespace}/statefulsets`, []],
        [`/apis/apps/v1/namespaces/${namespace}/daemonsets`, []],
        [`/api/v1/namespaces/${namespace}/pods`, inNamespace(namespace).map(pod)],
    ]);
    const logs = workloads.map(({ name, log = "", namespace = "hysds" }) => [
        `/api/v1/namespaces/${namespace}/pods/${name}-0/log`,
        log,
    ]);
    return new FakeKubernetes(
        { ...Object.fromEntries(collections), ...more },
        Object.fromEntries(logs) as Record<string, string>,
    );
}

function labels({ name, component }: FakeWorkload): Record<string, string> {
    return {
        "app.kubernetes.io/name": name,
        "app.kubernetes.io/component": component,
        "app.kubernetes.io/part-of": "hysds",
    };
}

function deployment(workload: FakeWorkload): FakeObject {
    const { name, replicas, ready = replicas, queue, namespace = "hysds" } = workload;
    return {
        metadata: {
            name,
            namespace,
            labels: labels(workload),
            annotations: queue ? { "hysds/queue": queue } : {},
        },
        spec: { replicas, selector: { matchLabels: { "app.kubernetes.io/name": name } } },
        status: { readyReplicas: ready, updatedReplicas: replicas },
    };
}

function pod(workload: FakeWorkload): FakeObject {
    const { name, namespace = "hysds", ready, replicas } = workload;
    const isReady = (ready ?? replicas) === replicas;
    return {
        metadata: { name: `${name}-0`, namespace, labels: labels(workload) },
        spec: { containers: [{ name: "main", image: "image" }] },
        status: {
            phase: "Running",
            conditions: [{ type: "Ready", status: isReady ? "True" : "False" }],
        },
    };
}

/** A ScaledObject of KEDA for a Deployment of the same name. */
export function scaledObject(name: string, namespace = "hysds-jobs"): FakeObject {
    return {
        metadata: { name, namespace },
        spec: { scaleTargetRef: { name }, minReplicaCount: 0 },
    };
}
