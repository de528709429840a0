import { Platform } from "../platform/platform";
import { Settings } from "../settings/settings";
import { Backends } from "./backends";
import { InClusterBackends } from "./in-cluster";
import { ManagedBackends } from "./aws";

/**
 * Makes WHAT HySDS stores data in, as configured.
 *
 * @throws Error when managed backends are asked for on a platform outside AWS, which validated settings never do
 */
export function createBackends(settings: Settings, platform: Platform): Backends {
    if (settings.backends.kind === "in-cluster") {
        return new InClusterBackends("stores", { settings, platform });
    }
    const { network } = platform;
    if (settings.platform.kind !== "aws" || !network) {
        throw new Error("Managed backends need hysds:platform to be aws.");
    }
    const { logRetentionDays } = settings.platform.cluster;
    return new ManagedBackends(settings.namePrefix, {
        settings,
        platform,
        network,
        logRetentionDays,
    });
}
