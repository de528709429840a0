/** When the cluster autoscaler looks, and when it removes a node; all in seconds. */
export interface NodeScaling {
    readonly scanSeconds: number;
    /** How long a node must have been unneeded. */
    readonly unneededSeconds: number;
    /** How long after it added a node it removes none. */
    readonly afterAddSeconds: number;
    /** A node below this share of its requests may be unneeded, if its pods find a place elsewhere. */
    readonly utilizationThreshold: number;
}

/** The rules of the nodes, from what a stack is told. */
export function nodeScaling(idleMinutes: number): NodeScaling {
    return {
        scanSeconds: 10,
        unneededSeconds: idleMinutes * 60,
        // Its own default, 10 minutes, would keep every idle node for as long as any queue grows.
        afterAddSeconds: 60,
        utilizationThreshold: 0.5,
    };
}

/** https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-are-the-parameters-to-ca */
export function scalingFlags(scaling: NodeScaling): string[] {
    return [
        `--scan-interval=${scaling.scanSeconds}s`,
        `--scale-down-unneeded-time=${scaling.unneededSeconds}s`,
        `--scale-down-delay-after-add=${scaling.afterAddSeconds}s`,
        `--scale-down-utilization-threshold=${scaling.utilizationThreshold}`,
    ];
}
