import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace } from "../platform/platform";
import { Labels } from "../../contract/labels";

/**
 * Spreads the pods of one workload over zones, then over nodes. Soft (`ScheduleAnyway`): a cluster of one node, such
 * as minikube, still runs them all.
 *
 * @param pods the workload's selector: the result of `selectorLabels`
 */
export function spreadOverNodes(pods: Labels): k8s.types.input.core.v1.TopologySpreadConstraint[] {
    return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: pods },
    }));
}

export interface DisruptionBudgetArgs {
    readonly namespace: HysdsNamespace;
    readonly pods: Labels;
    /** How many pods a node drain may take at a time. */
    readonly maxUnavailable: number;
}

/**
 * A PodDisruptionBudget. Only for workloads of two or more replicas: with one, it would block every node drain
 * (https://kubernetes.io/docs/tasks/run-application/configure-pdb/).
 */
export function disruptionBudget(
    name: string,
    args: DisruptionBudgetArgs,
    opts: pulumi.CustomResourceOptions,
): k8s.policy.v1.PodDisruptionBudget {
    return new k8s.policy.v1.PodDisruptionBudget(
        name,
        {
            metadata: { name, namespace: args.namespace.name, labels: args.pods },
            spec: {
                maxUnavailable: args.maxUnavailable,
                selector: { matchLabels: args.pods },
                unhealthyPodEvictionPolicy: "AlwaysAllow",
            },
        },
        opts,
    );
}

export interface CpuScalingArgs {
    readonly namespace: HysdsNamespace;
    readonly minReplicas: number;
    readonly maxReplicas: number;
}

/** Share of the requested CPU at which pods are added, percent: there is room for the minute that a new one takes. */
const TARGET_PERCENT = 70;

/** A HorizontalPodAutoscaler of the Deployment of its name. It reads the cluster's metrics server. */
export function scaledByCpu(
    name: string,
    { namespace, minReplicas, maxReplicas }: CpuScalingArgs,
    opts: pulumi.CustomResourceOptions,
): k8s.autoscaling.v2.HorizontalPodAutoscaler {
    const target = { type: "Utilization", averageUtilization: TARGET_PERCENT };
    return new k8s.autoscaling.v2.HorizontalPodAutoscaler(
        name,
        {
            metadata: { name, namespace: namespace.name },
            spec: {
                scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
                minReplicas,
                maxReplicas,
                metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
            },
        },
        opts,
    );
}
