import { setTimeout as sleep } from "node:timers/promises";

import {
    ApiException,
    CoreV1Api,
    KubeConfig,
    StorageV1Api,
    type V1Node,
    type V1StorageClass,
} from "@kubernetes/client-node";

import { ControlPlaneError } from "../errors";

/** The default StorageClass: binds when a pod needs the volume, as the EBS driver's class does. */
export const STORAGE_CLASS = "standard";

/** The annotation of nodes that kwok simulates, with their pods. */
export const SIMULATED_NODE = { key: "kwok.x-k8s.io/node", value: "fake" } as const;

const NODES_READY_TIMEOUT_MS = 30_000;
const POLL_MS = 100;
const ZONES = ["zone-a", "zone-b", "zone-c"];

/**
 * Creates the simulated nodes and the default StorageClass, unless an earlier start did, and waits
 * until every node is Ready and the default service account exists.
 *
 * @throws ControlPlaneError when that takes more than 30 seconds.
 */
export async function bootstrapCluster(kubeconfigPath: string, nodes: number): Promise<void> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfigPath);
    const core = config.makeApiClient(CoreV1Api);
    const storage = config.makeApiClient(StorageV1Api);
    await unlessPresent(() => storage.createStorageClass({ body: storageClass() }));
    for (let index = 0; index < nodes; index++) {
        await unlessPresent(() => core.createNode({ body: simulatedNode(index) }));
    }
    await untilUsable(core);
}

async function unlessPresent(create: () => Promise<unknown>): Promise<void> {
    try {
        await create();
    } catch (error) {
        if (!(error instanceof ApiException && error.code === 409)) {
            throw error;
        }
    }
}

function storageClass(): V1StorageClass {
    return {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: {
            name: STORAGE_CLASS,
            annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
        },
        provisioner: "simulated.hysds.local",
        reclaimPolicy: "Delete",
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
    };
}

function simulatedNode(index: number): V1Node {
    const name = `simulated-${index}`;
    return {
        apiVersion: "v1",
        kind: "Node",
        metadata: {
            name,
            annotations: { [SIMULATED_NODE.key]: SIMULATED_NODE.value },
            labels: {
                "kubernetes.io/arch": "amd64",
                "kubernetes.io/os": "linux",
                "kubernetes.io/hostname": name,
                "node.kubernetes.io/instance-type": "simulated",
                "topology.kubernetes.io/region": "simulated",
                "topology.kubernetes.io/zone": ZONES[index % ZONES.length] ?? "",
            },
        },
    };
}

async function untilUsable(core: CoreV1Api): Promise<void> {
    const deadline = Date.now() + NODES_READY_TIMEOUT_MS;
    while (!(await isUsable(core))) {
        if (Date.now() > deadline) {
            throw new ControlPlaneError("the simulated nodes did not become ready in 30 seconds");
        }
        await sleep(POLL_MS);
    }
}

async function isUsable(core: CoreV1Api): Promise<boolean> {
    const nodes = await core.listNode();
    const accounts = await core.listNamespacedServiceAccount({ namespace: "default" });
    const allReady = nodes.items.every((node) =>
        node.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True"),
    );
    return allReady && accounts.items.length > 0;
}
