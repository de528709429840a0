import * as pulumi from "@pulumi/pulumi";
import { NodeGroupSettings } from "../../settings/settings";
import { liveNodeGroups } from "./live-cluster";

/** How many nodes each node group of the cluster wants at this moment, by its physical name. */
export type LiveSizes = ReadonlyMap<string, number>;

/**
 * The sizes that the cluster autoscaler has given the node groups of a cluster. Read when the cluster is as it shall
 * be, and so just before the groups are updated; unknown in the preview of a cluster that is not there yet.
 */
export function readLiveSizes(
    clusterName: pulumi.Output<string>,
    opts: pulumi.InvokeOptions,
): pulumi.Output<LiveSizes> {
    return clusterName.apply(async (name) => {
        const groups = await liveNodeGroups(name, opts);
        return new Map(
            groups.map(({ nodeGroupName, scalingConfigs: [scaling] }) => [
                nodeGroupName,
                scaling?.desiredSize ?? 0,
            ]),
        );
    });
}

/**
 * How many nodes a group is to have after the next update: those that it has, within its limits; the fewest where it is
 * not there yet. An update that changes a limit sends the number of nodes too, so that another number would end busy
 * nodes, or be refused
 * (https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/eks/node_group.go, UpdateNodegroupConfig).
 *
 * @param name logical name of the group: physical ones are that and what Pulumi makes it unique by
 * @param names logical names of all groups of the cluster, one of which may begin with another
 */
export function sizeToKeep(
    name: string,
    names: readonly string[],
    live: LiveSizes,
    { minSize, maxSize }: Pick<NodeGroupSettings, "minSize" | "maxSize">,
): number {
    const others = names.filter((other) => other !== name && other.startsWith(name));
    const sizes = [...live]
        .filter(([physical]) => physical.startsWith(name))
        .filter(([physical]) => !others.some((other) => physical.startsWith(other)))
        .map(([, size]) => size);
    return Math.min(Math.max(minSize, ...sizes), maxSize);
}
