import * as pulumi from "@pulumi/pulumi";
import { Refusals, refusalsOf } from "./account-checks";
import { LiveCluster } from "./live-cluster";

/**
 * What is wrong with asking for a Kubernetes version, after a look at the one that the cluster of this name runs, if
 * there is one: EKS upgrades a control plane by one minor version at a time
 * (https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html). Without the look a preview would promise what
 * `pulumi up` fails at, when other things have changed already.
 */
export function outOfReach(
    clusterName: string,
    version: string,
    live: pulumi.Output<LiveCluster | undefined>,
): pulumi.Output<Refusals> {
    return live.apply((cluster) =>
        refusalsOf(() => oneMinorAhead(clusterName, version, cluster?.version)),
    );
}

/**
 * The wanted version, if a cluster can be upgraded to it at once; every version for a cluster that there is not yet.
 *
 * @throws pulumi.RunError, with the command for the next version, when it is more than one minor version ahead
 */
export function oneMinorAhead(clusterName: string, wanted: string, current?: string): string {
    const next = current === undefined ? wanted : nextVersion(current, wanted);
    if (next !== wanted) {
        throw new pulumi.RunError(
            `hysds:kubernetesVersion is ${wanted} and cluster ${clusterName} runs ${current}: EKS upgrades one minor ` +
                `version at a time. Run: pulumi config set hysds:kubernetesVersion ${next}`,
        );
    }
    return wanted;
}

/** Where to go next on the way from one version to another: that other one, unless it is minor versions away. */
function nextVersion(current: string, wanted: string): string {
    const [[major, from = 0], [, to = 0]] = [current, wanted].map((version) =>
        version.split(".").map(Number),
    ) as [number[], number[]];
    return to - from > 1 ? `${major}.${from + 1}` : wanted;
}
