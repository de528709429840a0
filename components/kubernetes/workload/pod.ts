import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Placement } from "../../platform/platform";
import { spreadOverNodes } from "../availability";
import { Component, Labels, selectorLabels, workloadLabels } from "../../../contract/labels";
import { privilegedContainer, restrictedContainer, restrictedPod } from "../security";

type Container = k8s.types.input.core.v1.Container;

/** A container, without what it may do: that is for {@link podTemplate} to say. */
export interface ContainerArgs extends Omit<Container, "securityContext"> {
    /**
     * Only for what makes namespaces, mounts and cgroups itself, as a container engine does: everything of the node is
     * open to it. It runs as this user, 0 for root.
     */
    readonly privilegedAs?: number;
}

/** What differs from one pod to the next. */
export interface PodArgs {
    /** User id of its processes; never 0. */
    readonly uid: number;
    /** The nodes that it may run on. */
    readonly placement: Placement;
    readonly affinity?: k8s.types.input.core.v1.Affinity;
    /** Beside those of every workload, which go before them. */
    readonly labels?: Labels;
    readonly containers: readonly ContainerArgs[];
    /** In order; the native sidecars among them end after the main container. */
    readonly initContainers?: readonly ContainerArgs[];
    readonly volumes?: readonly k8s.types.input.core.v1.Volume[];
    /** The account whose rights it has; the namespace's own, which has none, when absent. */
    readonly serviceAccountName?: pulumi.Input<string>;
    /** Whether it talks to the API server, and so gets its account's token; default false. */
    readonly callsApiServer?: boolean;
    /** Whether its pods keep apart, over zones and nodes: where there are several, or may be; default false. */
    readonly spread?: boolean;
    /** Seconds between SIGTERM and SIGKILL; Kubernetes's own 30 when absent. */
    readonly graceSeconds?: number;
    readonly priorityClass?: string;
    readonly annotations?: Record<string, string>;
}

/**
 * The template of every pod of the program: as the Pod Security Standard `restricted` wants it, without the token of its
 * account unless it needs that, and without Kubernetes's legacy variables of every Service, which would reach jobs (one
 * of them is named MOZART_PORT).
 *
 * @param name the workload, such as `mozart-rest-api`
 * @param restartPolicy `Never` of pods that end by themselves and are not started again; Kubernetes's `Always` when absent
 */
export function podTemplate(
    name: string,
    component: Component,
    pod: PodArgs,
    restartPolicy?: "Never",
): k8s.types.input.core.v1.PodTemplateSpec {
    const { initContainers = [], volumes } = pod;
    return {
        metadata: {
            labels: { ...pod.labels, ...workloadLabels(name, component) },
            annotations: pod.annotations,
        },
        spec: {
            ...pod.placement,
            affinity: pod.affinity,
            serviceAccountName: pod.serviceAccountName,
            automountServiceAccountToken: pod.callsApiServer ?? false,
            enableServiceLinks: false,
            restartPolicy,
            priorityClassName: pod.priorityClass,
            securityContext: restrictedPod({ uid: pod.uid }),
            topologySpreadConstraints: pod.spread
                ? spreadOverNodes(selectorLabels(name, component))
                : undefined,
            terminationGracePeriodSeconds: pod.graceSeconds,
            initContainers: initContainers.length > 0 ? initContainers.map(secured) : undefined,
            containers: pod.containers.map(secured),
            volumes: volumes && [...volumes],
        },
    };
}

function secured({ privilegedAs, ...container }: ContainerArgs): Container {
    return {
        ...container,
        securityContext:
            privilegedAs === undefined ? restrictedContainer() : privilegedContainer(privilegedAs),
    };
}
