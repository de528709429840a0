import { Backends } from "../backends/backends";
import { Hysds } from "../hysds";
import { Platform } from "../platform/platform";
import { Settings } from "../settings/settings";
import { ArtifactOutputs, createArtifacts } from "./aws/artifacts";
import { createAutoscaling } from "./autoscaling";
import { createBackups } from "./backups";
import { Access, createIngress } from "./ingress";
import { createObservability, Observability } from "./observability";
import { OperationsRelay } from "./relay";
import { StoreOutputs, storeOutputs } from "./stores";

/** What an installation is operated with. */
export interface OperationsArgs {
    /** With the images that run. */
    readonly settings: Settings;
    readonly platform: Platform;
    readonly backends: Backends;
    readonly hysds: Hysds;
}

/** What the stack says of it: how people reach the installation, where its alarms and artifacts go. */
export type OperationsOutputs = Access & Observability & ArtifactOutputs & StoreOutputs;

/**
 * Everything around HySDS that `sds` had no part in, each as the settings ask for it: the way in for people and for
 * `hysds-ops`, autoscaling, alarms and dashboards, backups, the bucket of artifacts.
 */
export function createOperations(args: OperationsArgs): OperationsOutputs {
    const { settings, platform, backends, hysds } = args;
    const { workloads } = hysds;
    const access = createIngress(settings, platform, workloads);
    new OperationsRelay("operations-relay", { settings, platform, backends, workloads });
    createAutoscaling(settings, platform, backends, hysds);
    createBackups(settings, platform, backends);
    return {
        ...access,
        ...createObservability({ ...args, address: access.address }),
        ...createArtifacts(settings, platform),
        ...storeOutputs(backends, {
            backups: settings.backups,
            monitoring: settings.observability.monitoring,
        }),
    };
}
