import { ConfigurationError } from "../../components/settings/configuration-error";
import { mustRunAlready } from "../../components/settings/endpoint";
import { parseSettings } from "../../components/settings/parse";
import { StackConfiguration } from "./stack-configuration";

/** A cluster that the simulated account has before the program runs. */
export interface RunningCluster {
    readonly name: string;
    /** Kubernetes minor version. */
    readonly version: string;
}

/**
 * The cluster that has to be there already for the program to run at all: one whose API is in a VPC of its own. The
 * program does not make it, as nobody could reach it; a plan of such a stack is of one that runs.
 */
export function clusterThatRuns(
    stack: string,
    { values, secretKeys }: StackConfiguration,
): RunningCluster | undefined {
    const settings = parseSettings(values, stack, secretKeys);
    if (settings instanceof ConfigurationError || settings.platform.kind !== "aws") {
        return undefined;
    }
    return mustRunAlready(settings.platform)
        ? { name: settings.namePrefix, version: settings.platform.cluster.version }
        : undefined;
}
