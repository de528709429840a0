import { ObservabilitySettings } from "./observability-settings";
import type { Values } from "./schema";

/** What watches the stack. */
export function observability(values: Values): ObservabilitySettings {
    return {
        monitoring: values.monitoring,
        alarmEmails: values.alarmEmails,
        containerLogs: values.containerLogs,
        prometheus: {
            discovery: values.prometheusDiscovery,
            namespace: values.prometheusNamespace,
            labels: values.prometheusLabels,
        },
    };
}
