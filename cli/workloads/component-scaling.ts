import { CoreV1Api } from "@kubernetes/client-node";
import { Installation } from "../installation";
import { Component } from "./components";
import { listScaledObjects, ScaledObject } from "./scaled-objects";
import { Scaled, startWorkload, stopWorkload } from "./scaling";
import { listWorkloads, Workload } from "./workloads";

/** Stops the workloads of components; stores, gateway and agents of nodes are none of them. */
export function stopComponents(
    installation: Installation,
    components: readonly Component[],
): Promise<Scaled[]> {
    return scaleComponents(installation, components, stopWorkload);
}

/** Starts the workloads of components that were stopped. */
export function startComponents(
    installation: Installation,
    components: readonly Component[],
): Promise<Scaled[]> {
    return scaleComponents(installation, components, startWorkload);
}

/** Starts what was stopped just now, and nothing else. */
export async function startAgain(
    installation: Installation,
    stopped: readonly Scaled[],
): Promise<void> {
    await scaleAll(installation, stoppedAmong(stopped), startWorkload);
}

/** How many pods there still are of what was stopped. */
export async function podsOf(
    installation: Installation,
    stopped: readonly Scaled[],
): Promise<number> {
    const api = installation.kubernetes.makeApiClient(CoreV1Api);
    const workloads = await listWorkloads(installation);
    const lists = await Promise.all(
        workloads
            .filter(stoppedAmong(stopped))
            .map(({ namespace, selector }) =>
                api.listNamespacedPod({ namespace, labelSelector: selector }),
            ),
    );
    return lists.reduce((sum, { items }) => sum + items.length, 0);
}

function stoppedAmong(stopped: readonly Scaled[]): (workload: Workload) => boolean {
    return ({ namespace, name }) =>
        stopped.some((each) => each.namespace === namespace && each.workload === name);
}

function scaleComponents(
    installation: Installation,
    components: readonly Component[],
    scale: typeof stopWorkload,
): Promise<Scaled[]> {
    return scaleAll(installation, (workload) => isScalable(workload, components), scale);
}

async function scaleAll(
    installation: Installation,
    wanted: (workload: Workload) => boolean,
    scale: typeof stopWorkload,
): Promise<Scaled[]> {
    const [workloads, scaledObjects] = await Promise.all([
        listWorkloads(installation),
        listScaledObjects(installation),
    ]);
    const done = await Promise.all(
        workloads
            .filter(wanted)
            .map((workload) =>
                scale(installation.kubernetes, workload, scaledObjectOf(scaledObjects, workload)),
            ),
    );
    return done.filter((each) => each !== undefined);
}

/** Whether a workload is of a component and its pods can be taken away: a DaemonSet's cannot. */
function isScalable({ component, kind }: Workload, components: readonly string[]): boolean {
    return components.includes(component) && kind !== "DaemonSet";
}

function scaledObjectOf(
    scaledObjects: readonly ScaledObject[],
    { namespace, name }: Workload,
): ScaledObject | undefined {
    return scaledObjects.find(
        (candidate) => candidate.namespace === namespace && candidate.target === name,
    );
}
