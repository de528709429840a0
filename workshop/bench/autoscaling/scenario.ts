import { ScaledObjectSpec } from "../../../components/operations/autoscaling/scaled-object";
import { NodeScaling } from "../../../components/operations/autoscaling/aws/node-scaling";

/** What a simulation runs on: facts of Kubernetes, of AWS and of the pool. Times in seconds. */
export interface Scenario {
    readonly rules: ScaledObjectSpec;
    readonly nodes: NodeScaling & {
        readonly min: number;
        readonly max: number;
        /** Job workers that one node holds. */
        readonly slots: number;
        readonly dollarsPerHour: number;
    };
    readonly timing: Timing;
}

export interface Timing {
    /** From the request for an instance to a node that takes pods. */
    readonly nodeBoot: number;
    /** First pull of the worker's image on a node. */
    readonly imagePull: number;
    /** From a scheduled pod with its image to a worker that takes jobs. */
    readonly podStart: number;
    /** `--horizontal-pod-autoscaler-sync-period`, which EKS does not let one change. */
    readonly hpaSync: number;
    /** `--horizontal-pod-autoscaler-tolerance`. */
    readonly hpaTolerance: number;
    /** How often pods without a node are looked at. */
    readonly scheduling: number;
    /** How old RabbitMQ's statistics may be: `collect_statistics_interval`. */
    readonly statistics: number;
}

/**
 * Kubernetes' and RabbitMQ's own defaults; the first three are cautious round numbers for a managed node group, an
 * image of a gigabyte from a registry in the region, and Celery's imports.
 */
export const TIMING: Timing = {
    nodeBoot: 120,
    imagePull: 45,
    podStart: 20,
    hpaSync: 15,
    hpaTolerance: 0.1,
    scheduling: 2,
    statistics: 5,
};
