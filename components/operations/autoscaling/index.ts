import { Backends } from "../../backends/backends";
import { Hysds } from "../../hysds";
import { Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";
import { createNodeAutoscaler } from "./aws";
import { Keda } from "./keda";
import { QueueScaling } from "./queue-scaling";

/**
 * Workers by the depth of their queues, by KEDA, and nodes by the pods that find no place, as configured: nothing at
 * all where both are off.
 */
export function createAutoscaling(
    settings: Settings,
    platform: Platform,
    backends: Backends,
    hysds: Hysds,
): void {
    const { autoscaling } = settings;
    createNodeAutoscaler(settings, platform);
    if (autoscaling.kind === "keda") {
        const keda =
            autoscaling.install === "helm"
                ? [
                      new Keda("keda", { platform, keda: autoscaling, images: settings.images })
                          .release,
                  ]
                : [];
        new QueueScaling("queue-scaling", {
            rhythm: autoscaling,
            platform,
            management: backends.brokerManagement,
            namespaces: hysds.namespaces,
            workloads: hysds.workloads,
            dependsOn: [...keda, hysds],
        });
    }
}
