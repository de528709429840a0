import { Platform } from "../../../platform/platform";
import { Settings } from "../../../settings/settings";
import { ClusterAutoscaler } from "./cluster-autoscaler";

/** What adds and removes nodes of an EKS cluster, as configured; nothing on a cluster that is already there. */
export function createNodeAutoscaler(
    { platform: where, images, namePrefix }: Settings,
    platform: Platform,
): void {
    if (where.kind === "aws" && where.nodeAutoscaler.kind === "cluster-autoscaler") {
        new ClusterAutoscaler("cluster-autoscaler", {
            platform,
            images,
            clusterName: namePrefix,
            kubernetesVersion: where.cluster.version,
            idleMinutes: where.nodeAutoscaler.idleMinutes,
        });
    }
}
