import { QueueScaling } from "../../hysds/catalog/scaling";
import { ScalingRhythm } from "../../settings/settings";

/** A queue, its Deployment, and how they go together. */
export interface ScaledQueue {
    /** Of the Deployment, and of the ScaledObject. */
    readonly name: string;
    readonly queue: string;
    readonly scaling: QueueScaling;
}

/** https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior */
export interface ScalingDirection {
    readonly stabilizationWindowSeconds: number;
    readonly selectPolicy: "Max";
    readonly policies: readonly {
        readonly type: "Percent" | "Pods";
        readonly value: number;
        readonly periodSeconds: number;
    }[];
}

/** https://keda.sh/docs/latest/reference/scaledobject-spec/, as far as it is used here. */
export interface ScaledObjectSpec {
    readonly scaleTargetRef: { readonly name: string };
    readonly pollingInterval: number;
    readonly cooldownPeriod: number;
    readonly initialCooldownPeriod: number;
    readonly minReplicaCount: number;
    readonly maxReplicaCount: number;
    readonly advanced: {
        readonly horizontalPodAutoscalerConfig: {
            readonly behavior: {
                readonly scaleUp: ScalingDirection;
                readonly scaleDown: ScalingDirection;
            };
        };
    };
    readonly triggers: readonly [
        {
            readonly type: "rabbitmq";
            readonly metricType: "AverageValue";
            readonly metadata: Readonly<Record<string, string>>;
            readonly authenticationRef: { readonly name: string };
        },
    ];
}

/** Name of the TriggerAuthentication of each namespace, and of its Secret. */
export const BROKER_AUTHENTICATION = "queue-depth";

/**
 * The rule of one queue. The depth counts messages that are ready and those that a worker has and has not acknowledged:
 * HySDS acknowledges a job when it ends, so a queue whose workers are all busy is as deep as it has workers, and never
 * counts as idle. Only the management API tells that number; AMQP knows the ready ones alone.
 *
 * Growth knows no limit but the queue's most, since jobs wait meanwhile. Shrinking does, in time alone: which pods go is
 * the ReplicaSet's choice, and a busy one among them still ends its job.
 */
export function scaledObjectSpec(
    { name, queue, scaling }: ScaledQueue,
    rhythm: ScalingRhythm,
): ScaledObjectSpec {
    return {
        scaleTargetRef: { name },
        pollingInterval: rhythm.pollingSeconds,
        cooldownPeriod: rhythm.cooldownSeconds,
        // Of a ScaledObject that was never active: the queue that is made together with it.
        initialCooldownPeriod: rhythm.cooldownSeconds,
        minReplicaCount: scaling.minReplicas,
        maxReplicaCount: scaling.maxReplicas,
        advanced: {
            horizontalPodAutoscalerConfig: {
                behavior: {
                    scaleUp: {
                        stabilizationWindowSeconds: 0,
                        selectPolicy: "Max",
                        policies: [{ type: "Pods", value: scaling.maxReplicas, periodSeconds: 15 }],
                    },
                    scaleDown: {
                        stabilizationWindowSeconds: rhythm.stabilizationSeconds,
                        selectPolicy: "Max",
                        policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
                    },
                },
            },
        },
        triggers: [
            {
                type: "rabbitmq",
                metricType: "AverageValue",
                metadata: triggerMetadata(queue, scaling),
                authenticationRef: { name: BROKER_AUTHENTICATION },
            },
        ],
    };
}

/** https://keda.sh/docs/latest/scalers/rabbitmq-queue/ */
function triggerMetadata(queue: string, scaling: QueueScaling): Record<string, string> {
    return {
        protocol: "http",
        vhostName: "/",
        queueName: queue,
        mode: "QueueLength",
        value: String(scaling.messagesPerReplica),
        activationValue: "0",
        excludeUnacknowledged: "false",
        // Milliseconds; a busy broker's management API takes longer than KEDA's own 3 seconds.
        timeout: "10000",
    };
}
