import { isNotFound } from "../http-client";
import { Installation } from "../installation";
import { SearchClusterName } from "./search-state";

/** An index of a search cluster. */
export interface Index {
    readonly cluster: SearchClusterName;
    readonly name: string;
    readonly documents: number;
}

interface ListedIndex {
    readonly index: string;
    readonly "docs.count": string | null;
}

/** Names in one request: its line may have 4096 bytes by default. */
const NAMES_AT_ONCE = 40;

/** The indices of a pattern or alias; none when there are none. */
export async function listIndices(
    installation: Installation,
    cluster: SearchClusterName,
    pattern: string,
): Promise<Index[]> {
    const search = await installation.http(cluster);
    try {
        const listed = await search.request<readonly ListedIndex[]>(
            "GET",
            `/_cat/indices/${pattern}`,
            { query: { format: "json", h: "index,docs.count" } },
        );
        return listed.map((each) => ({
            cluster,
            name: each.index,
            documents: Number(each["docs.count"] ?? 0),
        }));
    } catch (failure) {
        if (isNotFound(failure)) {
            return [];
        }
        throw failure;
    }
}

/** Deletes indices of one cluster, by their full names. */
export async function deleteIndices(
    installation: Installation,
    cluster: SearchClusterName,
    names: readonly string[],
): Promise<void> {
    const search = await installation.http(cluster);
    for (let start = 0; start < names.length; start += NAMES_AT_ONCE) {
        const some = names.slice(start, start + NAMES_AT_ONCE).map(encodeURIComponent);
        await search.request("DELETE", `/${some.join(",")}`, {
            query: { ignore_unavailable: true },
        });
    }
}
