import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { disruptionBudget, scaledByCpu } from "../../kubernetes/availability";
import { selectorLabels, workloadLabels } from "../../kubernetes/labels";
import { inNamespace } from "../../kubernetes/options";
import { HysdsContext } from "../context";
import { namespaceRole } from "../namespaces";
import { WorkloadSpec } from "../catalog/workload-spec";

export interface WorkloadArgs {
    readonly replicas: number;
    /** Most pods that an autoscaler gives it; `replicas` then holds for its creation only. */
    readonly scalesTo?: number;
    readonly template: k8s.types.input.core.v1.PodTemplateSpec;
    /** Never two pods at a time, not even while one replaces the other. */
    readonly exactlyOne?: boolean;
    readonly annotations?: Record<string, string>;
}

/** First pulls of HySDS images and the search clusters' first answers both take minutes. */
const ROLLOUT_TIMEOUTS = { create: "20m", update: "20m" };

/** Options of what belongs to a workload: its namespace, and what it waits for. */
export function workloadOptions(
    parent: pulumi.Resource,
    context: HysdsContext,
    spec: WorkloadSpec,
): pulumi.CustomResourceOptions {
    const namespace = context.namespaces[namespaceRole(spec)];
    return inNamespace(parent, context.platform, namespace);
}

const RECREATE = { type: "Recreate" };
const ONE_MORE = { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };

/** What a Deployment has beside it when it has several pods: a budget for drains, and an autoscaler unless KEDA is it. */
function severalPods(
    parent: pulumi.Resource,
    context: HysdsContext,
    spec: WorkloadSpec,
    { replicas, scalesTo }: WorkloadArgs,
): void {
    const { name } = spec;
    const namespace = context.namespaces[namespaceRole(spec)];
    const options = workloadOptions(parent, context, spec);
    if (scalesTo !== undefined && spec.kind !== "worker") {
        scaledByCpu(name, { namespace, minReplicas: replicas, maxReplicas: scalesTo }, options);
    }
    if ((scalesTo ?? replicas) > 1) {
        const pods = selectorLabels(name, spec.component);
        disruptionBudget(name, { namespace, pods, maxUnavailable: 1 }, options);
    }
}

/** The Deployment of a workload, with a PodDisruptionBudget when it has several pods. */
export function deployment(
    parent: pulumi.Resource,
    context: HysdsContext,
    spec: WorkloadSpec,
    args: WorkloadArgs,
): k8s.apps.v1.Deployment {
    const { name, component } = spec;
    const { replicas, scalesTo, template, exactlyOne, annotations } = args;
    severalPods(parent, context, spec, args);
    const namespace = context.namespaces[namespaceRole(spec)];
    const options = workloadOptions(parent, context, spec);
    const pods = selectorLabels(name, component);
    return new k8s.apps.v1.Deployment(
        name,
        {
            metadata: {
                name,
                namespace: namespace.name,
                labels: workloadLabels(name, component),
                annotations,
            },
            spec: {
                replicas,
                revisionHistoryLimit: 3,
                strategy: exactlyOne ? RECREATE : ONE_MORE,
                selector: { matchLabels: pods },
                template,
            },
        },
        {
            ...options,
            dependsOn: context.dependenciesOf(spec),
            customTimeouts: ROLLOUT_TIMEOUTS,
            // Server-side apply then leaves the number out, as another manager's field, instead of fighting for it.
            ignoreChanges: scalesTo === undefined ? undefined : ["spec.replicas"],
        },
    );
}
