import {
    ScaledObjectSpec,
    ScalingDirection,
} from "../../../components/operations/autoscaling/scaled-object";
import { Timing } from "./scenario";

interface Recommendation {
    readonly at: number;
    readonly replicas: number;
}

/**
 * What KEDA and the HorizontalPodAutoscaler that it makes do with one ScaledObject: KEDA between none and one, the
 * autoscaler between one and the most.
 *
 * https://github.com/kedacore/keda/blob/main/pkg/scaling/executor/scale_scaledobjects.go
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/podautoscaler
 */
export class QueueScaler {
    private lastActive = Number.NEGATIVE_INFINITY;
    private recommendations: Recommendation[] = [];

    constructor(
        private readonly spec: ScaledObjectSpec,
        private readonly timing: Timing,
    ) {}

    /**
     * Replicas after a second's decisions.
     *
     * @param depth messages ready and unacknowledged, as the broker's statistics have them
     */
    decide(at: number, depth: number, replicas: number): number {
        const afterKeda =
            at % this.spec.pollingInterval === 0 ? this.keda(at, depth, replicas) : replicas;
        return at % this.timing.hpaSync === 0 && afterKeda > 0
            ? this.autoscaler(at, depth, afterKeda)
            : afterKeda;
    }

    private keda(at: number, depth: number, replicas: number): number {
        const { minReplicaCount, cooldownPeriod, triggers } = this.spec;
        if (depth > Number(triggers[0].metadata.activationValue)) {
            this.lastActive = at;
            return replicas === 0 ? Math.max(1, minReplicaCount) : replicas;
        }
        const isOver = this.lastActive + cooldownPeriod < at;
        return minReplicaCount === 0 && isOver ? 0 : Math.max(replicas, minReplicaCount);
    }

    private autoscaler(at: number, depth: number, replicas: number): number {
        const { minReplicaCount, maxReplicaCount, advanced, triggers } = this.spec;
        const target = Number(triggers[0].metadata.value);
        const ratio = depth / (target * replicas);
        const isNear = Math.abs(ratio - 1) <= this.timing.hpaTolerance;
        const wanted = isNear ? replicas : Math.ceil(depth / target);
        const { scaleUp, scaleDown } = advanced.horizontalPodAutoscalerConfig.behavior;
        this.recommendations.push({ at, replicas: wanted });
        const stable = this.stabilized(at, replicas, scaleUp, scaleDown);
        const low = Math.max(
            Math.max(1, minReplicaCount),
            lowest(replicas, scaleDown, this.timing),
        );
        const high = Math.min(maxReplicaCount, highest(replicas, scaleUp, this.timing));
        return Math.min(Math.max(stable, low), high);
    }

    private stabilized(
        at: number,
        replicas: number,
        up: ScalingDirection,
        down: ScalingDirection,
    ): number {
        const { recommendations } = this;
        const within = (window: number): number[] =>
            recommendations
                .filter((one) => one.at > at - window || one.at === at)
                .map((one) => one.replicas);
        const upTo = Math.min(...within(up.stabilizationWindowSeconds));
        const downTo = Math.max(...within(down.stabilizationWindowSeconds));
        const longest = Math.max(up.stabilizationWindowSeconds, down.stabilizationWindowSeconds);
        this.recommendations = recommendations.filter((one) => one.at > at - longest);
        return Math.min(Math.max(replicas, upTo), downTo);
    }
}

/** Every period of a policy is over when the next decision comes, so that it begins with the present replicas. */
function checkedPolicies(
    direction: ScalingDirection,
    timing: Timing,
): ScalingDirection["policies"] {
    if (direction.policies.some(({ periodSeconds }) => periodSeconds > timing.hpaSync)) {
        throw new Error("Periods longer than the time between two decisions are not simulated.");
    }
    return direction.policies;
}

function highest(replicas: number, direction: ScalingDirection, timing: Timing): number {
    const limits = checkedPolicies(direction, timing).map(({ type, value }) =>
        type === "Pods" ? replicas + value : Math.ceil(replicas * (1 + value / 100)),
    );
    return Math.max(...limits);
}

function lowest(replicas: number, direction: ScalingDirection, timing: Timing): number {
    const limits = checkedPolicies(direction, timing).map(({ type, value }) =>
        type === "Pods" ? replicas - value : Math.floor(replicas * (1 - value / 100)),
    );
    return Math.min(...limits);
}
