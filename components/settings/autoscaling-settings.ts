/** How many workers a queue has. */
export type AutoscalingSettings =
    | {
          /** As many as the settings of the queues say. */
          readonly kind: "none";
      }
    | KedaSettings;

/** As many as the queue has messages for, by KEDA (https://keda.sh). */
export interface KedaSettings extends ScalingRhythm {
    readonly kind: "keda";
    /** `helm`: the stack installs KEDA's own chart; `existing`: it runs in the cluster already. */
    readonly install: "helm" | "existing";
    /** Namespace of KEDA's operator: the one that may ask the broker. */
    readonly namespace: string;
    readonly chartRepository: string;
    readonly chartVersion: string;
    /** Most Celery processes of a built-in queue, in percent of the VM era's. */
    readonly maxPercent: number;
}

/** When the workers of a queue become more and fewer. */
export interface ScalingRhythm {
    /** How often KEDA looks at a queue that has no worker, seconds. */
    readonly pollingSeconds: number;
    /** How long a queue is empty, with nothing in work, before its last worker goes, seconds. */
    readonly cooldownSeconds: number;
    /** Workers become as few as the busiest moment of so many past seconds needed. */
    readonly stabilizationSeconds: number;
    /** Messages, waiting or in work, for which a queue has one Celery process. */
    readonly messagesPerProcess: number;
}

/** Who adds and removes nodes. */
export type NodeAutoscalerSettings =
    | { readonly kind: "none" }
    | {
          readonly kind: "cluster-autoscaler";
          /** How long a node is hardly used before it goes, minutes. */
          readonly idleMinutes: number;
      };
