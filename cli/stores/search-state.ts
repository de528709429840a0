import { Installation } from "../installation";

/** The search clusters of the parts of HySDS; two may be one. */
export const SEARCH_CLUSTERS = ["mozart-search", "grq-search", "metrics-search"] as const;

export type SearchClusterName = (typeof SEARCH_CLUSTERS)[number];

/** How a search cluster is. */
export interface SearchState {
    readonly cluster: SearchClusterName;
    readonly name: string;
    readonly status: "green" | "yellow" | "red";
    readonly nodes: number;
    readonly unassignedShards: number;
}

interface ClusterHealth {
    readonly cluster_name: string;
    readonly status: SearchState["status"];
    readonly number_of_nodes: number;
    readonly unassigned_shards: number;
}

export async function searchState(
    installation: Installation,
    cluster: SearchClusterName,
): Promise<SearchState> {
    const search = await installation.http(cluster);
    const health = await search.request<ClusterHealth>("GET", "/_cluster/health");
    return {
        cluster,
        name: health.cluster_name,
        status: health.status,
        nodes: health.number_of_nodes,
        unassignedShards: health.unassigned_shards,
    };
}
