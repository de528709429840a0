import * as fs from "node:fs/promises";
import * as path from "node:path";
import { CoreV1Api, V1Pod } from "@kubernetes/client-node";
import { execute } from "../access/pod-exec";
import { OperationsError } from "../errors";
import { Installation } from "../installation";
import { kubernetesError } from "../kubernetes-error";
import { listWorkloads, Workload } from "../workloads/workloads";
import { HELLO_IMAGE, HELLO_SCRIPT } from "./hello-package";

/** Makes an image in the worker in which it runs; beside this file. */
const MAKE_IMAGE = path.join(__dirname, "make_image.py");

/**
 * Puts the image of the first job beside every worker of a queue: into the engine that runs the worker's jobs, made of
 * the worker's own files, so that no registry and no object store is needed.
 *
 * @returns how many workers have it
 * @throws OperationsError when the queue has no workers, or one cannot make it
 */
export async function provideImage(installation: Installation, queue: string): Promise<number> {
    const workload = await workersOf(installation, queue);
    const pods = await readyPods(installation, workload);
    const program = await fs.readFile(MAKE_IMAGE, "utf8");
    await Promise.all(
        pods.map((pod) =>
            execute(
                installation.kubernetes,
                { namespace: workload.namespace, pod, container: workload.name },
                ["python3", "-c", program, HELLO_IMAGE, HELLO_SCRIPT],
            ),
        ),
    );
    return pods.length;
}

async function workersOf(installation: Installation, queue: string): Promise<Workload> {
    const { jobs } = installation.namespaces;
    const pools = (await listWorkloads(installation)).filter(
        (each) => each.namespace === jobs && each.queue !== undefined,
    );
    const found = pools.find((each) => each.queue === queue);
    if (!found) {
        const known = pools.map((each) => each.queue).join(", ");
        throw new OperationsError(
            `no workers that run jobs are on queue ${queue}: --queue takes ${known || "none, as there are none"}`,
        );
    }
    return found;
}

/** Names of the pods that would take a job now. */
async function readyPods(
    { kubernetes }: Installation,
    { namespace, name, selector, queue }: Workload,
): Promise<string[]> {
    const { items } = await kubernetes
        .makeApiClient(CoreV1Api)
        .listNamespacedPod({ namespace, labelSelector: selector })
        .catch((failure: unknown) => {
            throw kubernetesError(failure, kubernetes, `listing pods of ${namespace}`);
        });
    const ready = items.filter(isReady).flatMap(({ metadata }) => metadata?.name ?? []);
    if (ready.length === 0) {
        throw new OperationsError(
            `no worker of queue ${queue} is ready: "hysds-ops start ${name}" starts one, --queue names another queue`,
        );
    }
    return ready;
}

function isReady({ metadata, status }: V1Pod): boolean {
    const ready = status?.conditions?.find(({ type }) => type === "Ready");
    return metadata?.deletionTimestamp === undefined && ready?.status === "True";
}
