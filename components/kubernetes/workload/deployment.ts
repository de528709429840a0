import * as k8s from "@pulumi/kubernetes";
import { scaledByCpu } from "../availability";
import { selectorLabels } from "../../../contract/labels";
import { inNamespace } from "../options";
import { podTemplate } from "./pod";
import { admit, budget, metadataOf, optionsOf, WorkloadArgs, WorkloadOptions } from "./workload";

/** A new pod is ready before an old one ends. */
export const ONE_MORE = { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };

/** Never two pods at a time, not even while one replaces the other. */
export const RECREATE = { type: "Recreate" };

export interface DeploymentArgs extends WorkloadArgs {
    readonly replicas: number;
    /** Most pods that an autoscaler gives it; `replicas` then holds for its creation only. */
    readonly scalesTo?: number;
    /** Whether that autoscaler is one of its own, by the CPU that its pods use; default false: somebody else's. */
    readonly scalesByCpu?: boolean;
    /** How old pods become new ones; Kubernetes's own, a quarter at a time, when absent. */
    readonly strategy?: k8s.types.input.apps.v1.DeploymentStrategy;
    /** Old ReplicaSets that are kept for a rollback; Kubernetes's own 10 when absent. */
    readonly revisionHistoryLimit?: number;
}

/**
 * A Deployment with its NetworkPolicies, a PodDisruptionBudget when it may have several pods, and a
 * HorizontalPodAutoscaler where it scales by itself.
 *
 * @param resourceName of the Deployment in the stack
 */
export function deployment(
    resourceName: string,
    args: DeploymentArgs,
    options: WorkloadOptions,
): k8s.apps.v1.Deployment {
    const { name, component, replicas, scalesTo, strategy, revisionHistoryLimit } = args;
    admit(args, options);
    budget(args, scalesTo ?? replicas, options);
    if (scalesTo !== undefined && args.scalesByCpu) {
        const { namespace } = args;
        const range = { namespace, minReplicas: replicas, maxReplicas: scalesTo };
        scaledByCpu(name, range, inNamespace(options.parent, args.platform, namespace));
    }
    return new k8s.apps.v1.Deployment(
        resourceName,
        {
            metadata: metadataOf(args),
            spec: {
                replicas,
                revisionHistoryLimit,
                strategy,
                selector: { matchLabels: selectorLabels(name, component) },
                template: podTemplate(name, component, args.pod),
            },
        },
        {
            ...optionsOf(args, options),
            // Server-side apply then leaves the number out, as another manager's field, instead of fighting for it.
            ignoreChanges: scalesTo === undefined ? undefined : ["spec.replicas"],
        },
    );
}
