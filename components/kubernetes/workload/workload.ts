import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { disruptionBudget } from "../availability";
import { Component, Labels, selectorLabels, workloadLabels } from "../../../contract/labels";
import { allowIngress, Peer } from "../network-policy";
import { inNamespace } from "../options";
import { PodArgs } from "./pod";

/** What every workload has, of whichever kind. */
export interface WorkloadArgs {
    /** Of the object in Kubernetes and in its labels; unique in its namespace. */
    readonly name: string;
    readonly component: Component;
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    readonly pod: PodArgs;
    /** Beside those of every workload. */
    readonly labels?: Labels;
    readonly annotations?: Record<string, string>;
    /** Who may connect to its pods; nobody when absent, as the namespace denies what nothing admits. */
    readonly admits?: readonly Admission[];
}

/** One NetworkPolicy of a workload. */
export interface Admission {
    /** Of the policy; the workload's when absent. */
    readonly name?: string;
    /** TCP ports of the container. */
    readonly ports: readonly number[];
    /** At least one peer. */
    readonly from: readonly Peer[];
}

/** Options of a workload's resource: its parent is needed, provider and namespace are known. */
export type WorkloadOptions = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

export function metadataOf({ name, component, namespace, labels, annotations }: WorkloadArgs): {
    name: string;
    namespace: pulumi.Input<string>;
    labels: Labels;
    annotations?: Record<string, string>;
} {
    return {
        name,
        namespace: namespace.name,
        labels: { ...workloadLabels(name, component), ...labels },
        annotations,
    };
}

/** The options of what is made: the workload's own over those of its namespace. */
export function optionsOf(
    { platform, namespace }: WorkloadArgs,
    options: WorkloadOptions,
): pulumi.CustomResourceOptions {
    return { ...inNamespace(options.parent, platform, namespace), ...options };
}

/** The NetworkPolicies of a workload. */
export function admit(args: WorkloadArgs, { parent }: WorkloadOptions): void {
    const { name, component, platform, namespace, admits = [] } = args;
    const pods = selectorLabels(name, component);
    for (const { name: policy = name, ports, from } of admits) {
        const inside = inNamespace(parent, platform, namespace);
        allowIngress(policy, { namespace, pods, ports, from }, inside);
    }
}

/** A PodDisruptionBudget that lets node drains take one pod at a time, where there is more than one. */
export function budget(args: WorkloadArgs, pods: number, { parent }: WorkloadOptions): void {
    const { name, component, platform, namespace } = args;
    if (pods > 1) {
        disruptionBudget(
            name,
            { namespace, pods: selectorLabels(name, component), maxUnavailable: 1 },
            inNamespace(parent, platform, namespace),
        );
    }
}
