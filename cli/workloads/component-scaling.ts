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

async function scaleComponents(
    installation: Installation,
    components: readonly Component[],
    scale: typeof stopWorkload,
): Promise<Scaled[]> {
    const [workloads, scaledObjects] = await Promise.all([
        listWorkloads(installation),
        listScaledObjects(installation),
    ]);
    const done = await Promise.all(
        scalableOf(workloads, components).map((workload) =>
            scale(installation.kubernetes, workload, scaledObjectOf(scaledObjects, workload)),
        ),
    );
    return done.filter((each) => each !== undefined);
}

/** Workloads of components whose pods can be taken away: a DaemonSet's cannot. */
export function scalableOf(
    workloads: readonly Workload[],
    components: readonly string[],
): Workload[] {
    return workloads.filter(
        ({ component, kind }) => components.includes(component) && kind !== "DaemonSet",
    );
}

function scaledObjectOf(
    scaledObjects: readonly ScaledObject[],
    { namespace, name }: Workload,
): ScaledObject | undefined {
    return scaledObjects.find(
        (candidate) => candidate.namespace === namespace && candidate.target === name,
    );
}
