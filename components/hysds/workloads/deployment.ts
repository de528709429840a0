import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "../../../contract/labels";
import * as workload from "../../kubernetes/workload";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { HysdsContext } from "../context";
import { namespaceRole } from "../namespaces";
import { WorkloadSpec } from "../catalog/workload-spec";

export interface WorkloadArgs {
    readonly replicas: number;
    /** Most pods that an autoscaler gives it; `replicas` then holds for its creation only. */
    readonly scalesTo?: number;
    readonly template: workload.PodArgs;
    /** Never two pods at a time, not even while one replaces the other. */
    readonly exactlyOne?: boolean;
    readonly annotations?: Record<string, string>;
    /** Who may connect to its pods. */
    readonly admits?: readonly workload.Admission[];
}

/** First pulls of HySDS images and the search clusters' first answers both take minutes. */
const ROLLOUT_TIMEOUTS = { create: "20m", update: "20m" };

/** What a workload is called, and where it is. */
export function placed(
    { platform, namespaces }: HysdsContext,
    spec: WorkloadSpec,
): { name: string; component: Component; platform: Platform; namespace: HysdsNamespace } {
    const { name, component } = spec;
    return { name, component, platform, namespace: namespaces[namespaceRole(spec)] };
}

/** The Deployment of a workload. */
export function deployment(
    parent: pulumi.Resource,
    context: HysdsContext,
    spec: WorkloadSpec,
    { template, exactlyOne, ...args }: WorkloadArgs,
): k8s.apps.v1.Deployment {
    return workload.deployment(
        spec.name,
        {
            ...placed(context, spec),
            ...args,
            pod: template,
            // KEDA scales workers.
            scalesByCpu: spec.kind !== "worker",
            revisionHistoryLimit: 3,
            strategy: exactlyOne
                ? workload.RECREATE
                : { type: "RollingUpdate", ...workload.ONE_MORE },
        },
        {
            parent,
            dependsOn: context.dependenciesOf(spec),
            customTimeouts: ROLLOUT_TIMEOUTS,
        },
    );
}
