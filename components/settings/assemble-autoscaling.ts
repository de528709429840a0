import { AutoscalingSettings, NodeAutoscalerSettings } from "./autoscaling-settings";
import type { Values } from "./schema";

/** How many workers queues have. */
export function autoscaling(values: Values): AutoscalingSettings {
    return values.autoscaling === "none"
        ? { kind: "none" }
        : {
              kind: "keda",
              install: values.kedaInstall,
              namespace: values.kedaNamespace,
              chartRepository: values.kedaChartRepository,
              chartVersion: values.kedaChartVersion,
              maxPercent: values.autoscalingMaxPercent,
              pollingSeconds: values.autoscalingPollingSeconds,
              cooldownSeconds: values.autoscalingCooldownSeconds,
              stabilizationSeconds: values.autoscalingStabilizationSeconds,
              messagesPerProcess: values.autoscalingMessagesPerProcess,
          };
}

/** Who adds and removes nodes. */
export function nodeAutoscaler(values: Values): NodeAutoscalerSettings {
    return values.nodeAutoscaler === "none"
        ? { kind: "none" }
        : { kind: values.nodeAutoscaler, idleMinutes: values.nodeIdleMinutes };
}
