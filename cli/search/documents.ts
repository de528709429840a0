import { HttpClient, isNotFound } from "../http-client";

export type Source = Record<string, unknown>;

/** An object of a document; an empty one where there is none. */
export function sourceOf(value: unknown): Source {
    return typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Source)
        : {};
}

/** A document of an index. */
export interface Document {
    readonly id: string;
    /** The index that holds it, where it was found by an alias. */
    readonly index: string;
    readonly source: Source;
}

export interface Search {
    /** In the query language of Elasticsearch; all documents when absent. */
    readonly query?: unknown;
    readonly sort?: unknown;
    /** At most so many documents. */
    readonly size: number;
}

interface Hits {
    readonly _scroll_id?: string;
    readonly hits: {
        readonly hits: readonly { _id: string; _index: string; _source: Source }[];
        readonly total?: number | { readonly value: number };
    };
}

const PAGE = 500;
const SCROLL = "2m";

/** The documents of one search cluster; Elasticsearch 7 and OpenSearch answer the same requests. */
export class Documents {
    constructor(private readonly cluster: HttpClient) {}

    /** Every document that a query finds, all of them without one; none of an index that is not there. */
    async all(index: string, query: unknown = { match_all: {} }): Promise<Document[]> {
        const found: Document[] = [];
        let page = await this.ask(`/${index}/_search`, { query, size: PAGE }, { scroll: SCROLL });
        while (page.hits.hits.length > 0) {
            found.push(...documentsOf(page));
            page = await this.cluster.request<Hits>("POST", "/_search/scroll", {
                json: { scroll: SCROLL, scroll_id: page._scroll_id },
            });
        }
        if (page._scroll_id !== undefined) {
            const json = { scroll_id: [page._scroll_id] };
            await this.cluster.request("DELETE", "/_search/scroll", { json });
        }
        return found;
    }

    /** The first documents of a search, and how many there are. */
    async search(index: string, search: Search): Promise<{ documents: Document[]; total: number }> {
        const answer = await this.ask(`/${index}/_search`, { ...search, track_total_hits: true });
        const { total = 0 } = answer.hits;
        return {
            documents: documentsOf(answer),
            total: typeof total === "number" ? total : total.value,
        };
    }

    /** The document of an id; undefined when there is none. */
    async get(index: string, id: string): Promise<Document | undefined> {
        const { documents } = await this.search(index, {
            query: { ids: { values: [id] } },
            size: 1,
        });
        return documents[0];
    }

    /**
     * Writes a document, over the one of the same id, and returns when searches find it.
     *
     * @param id made by the cluster when absent
     */
    async write(index: string, source: Source, id?: string): Promise<void> {
        const path = `/${index}/_doc${id === undefined ? "" : `/${encodeURIComponent(id)}`}`;
        await this.cluster.request(id === undefined ? "POST" : "PUT", path, {
            json: source,
            query: { refresh: true },
        });
    }

    /** Deletes a document; one that is not there is no failure. */
    async remove({ index, id }: Pick<Document, "index" | "id">): Promise<void> {
        try {
            await this.cluster.request("DELETE", `/${index}/_doc/${encodeURIComponent(id)}`, {
                query: { refresh: true },
            });
        } catch (failure) {
            if (!isNotFound(failure)) {
                throw failure;
            }
        }
    }

    private ask(path: string, json: unknown, query: Record<string, string> = {}): Promise<Hits> {
        return this.cluster.request<Hits>("POST", path, {
            json,
            query: { ...query, ignore_unavailable: true },
        });
    }
}

function documentsOf({ hits }: Hits): Document[] {
    return hits.hits.map(({ _id, _index, _source }) => ({
        id: _id,
        index: _index,
        source: _source,
    }));
}
