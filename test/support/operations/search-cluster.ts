import { FakeAnswer, FakeHandler, FakeRequest } from "./fake-server";

type Source = Record<string, unknown>;
type Query = Record<string, Record<string, unknown>>;

interface Stored {
    readonly id: string;
    readonly index: string;
    source: Source;
}

/**
 * The requests of Elasticsearch that operations use, over documents in memory. As the real one does, it refuses a query
 * that it does not know, has no index until a document is written to it, and gives no more than a page at once.
 */
export class SearchCluster {
    private readonly stored: Stored[] = [];
    private readonly scrolls = new Map<string, Stored[]>();
    private made = 0;

    /** @param aliases names of indices, and the index behind each */
    constructor(
        documents: Readonly<Record<string, Readonly<Record<string, Source>>>> = {},
        private readonly aliases: Readonly<Record<string, string>> = {},
    ) {
        for (const [index, byId] of Object.entries(documents)) {
            for (const [id, source] of Object.entries(byId)) {
                this.stored.push({ id, index, source });
            }
        }
    }

    readonly handler: FakeHandler = (request) => {
        const [first = "", second, third] = request.path
            .slice(1)
            .split("/")
            .map(decodeURIComponent);
        if (first === "_search" && second === "scroll") {
            return request.method === "DELETE" ? this.endScroll(request) : this.nextPage(request);
        }
        const index = this.aliases[first] ?? first;
        if (second === "_search") {
            return this.search(index, request);
        }
        if (second === "_doc" && request.method === "DELETE") {
            return this.remove(index, third ?? "");
        }
        return second === "_doc"
            ? this.write(index, third, request)
            : { status: 400, body: { error: { type: "illegal_argument_exception" } } };
    };

    /** Sources of an index by id. */
    sources(index: string): Record<string, Source> {
        const own = this.stored.filter((each) => each.index === index);
        return Object.fromEntries(own.map(({ id, source }) => [id, source]));
    }

    /** Searches that were opened and not yet closed. */
    get openScrolls(): number {
        return this.scrolls.size;
    }

    private search(index: string, { query, json }: FakeRequest): FakeAnswer {
        if (!this.stored.some((each) => each.index === index)) {
            return query.get("ignore_unavailable") === "true"
                ? { body: hits([], 0) }
                : { status: 404, body: { error: { type: "index_not_found_exception" } } };
        }
        const asked = json as { query?: Query; size?: number; sort?: unknown };
        const found = this.stored.filter(
            (each) => each.index === index && matches(each, asked.query ?? { match_all: {} }),
        );
        sort(found, asked.sort);
        const size = asked.size ?? 10;
        if (!query.has("scroll")) {
            return { body: hits(found.slice(0, size), found.length) };
        }
        const id = `scroll-${++this.made}`;
        this.scrolls.set(id, found.slice(size));
        return { body: { _scroll_id: id, ...hits(found.slice(0, size), found.length) } };
    }

    private nextPage({ json }: FakeRequest): FakeAnswer {
        const { scroll_id: id } = json as { scroll_id: string };
        const rest = this.scrolls.get(id);
        if (!rest) {
            return { status: 404, body: { error: { type: "search_context_missing_exception" } } };
        }
        return { body: { _scroll_id: id, ...hits(rest.splice(0, 500), rest.length) } };
    }

    private endScroll({ json }: FakeRequest): FakeAnswer {
        const { scroll_id: ids } = json as { scroll_id: string[] };
        ids.forEach((id) => this.scrolls.delete(id));
        return { body: { succeeded: true } };
    }

    private write(index: string, id: string | undefined, { json }: FakeRequest): FakeAnswer {
        const source = json as Source;
        if ("_id" in source) {
            return { status: 400, body: { error: { type: "mapper_parsing_exception" } } };
        }
        const there = this.stored.find((each) => each.index === index && each.id === id);
        if (there) {
            there.source = source;
            return { body: { _id: there.id, result: "updated" } };
        }
        const made = id ?? `made-${++this.made}`;
        this.stored.push({ id: made, index, source });
        return { status: 201, body: { _id: made, result: "created" } };
    }

    private remove(index: string, id: string): FakeAnswer {
        const at = this.stored.findIndex((each) => each.index === index && each.id === id);
        if (at < 0) {
            return { status: 404, body: { result: "not_found" } };
        }
        this.stored.splice(at, 1);
        return { body: { result: "deleted" } };
    }
}

function hits(page: readonly Stored[], value: number): Source {
    return {
        hits: {
            total: { value, relation: "eq" },
            hits: page.map(({ id, index, source }) => ({
                _id: id,
                _index: index,
                _source: source,
            })),
        },
    };
}

function matches(document: Stored, query: Query): boolean {
    return Object.entries(query).every(([kind, clause]) => {
        switch (kind) {
            case "match_all":
                return true;
            case "ids":
                return (clause.values as string[]).includes(document.id);
            case "term":
            case "terms":
                return Object.entries(clause).every(([path, wanted]) =>
                    valuesAt(document.source, path).some((value) =>
                        [wanted].flat().includes(value),
                    ),
                );
            case "bool":
                return Object.entries(clause).every(([occur, clauses]) => {
                    const each = (clauses as Query[]).map((one) => matches(document, one));
                    return occur === "should" ? each.includes(true) : !each.includes(false);
                });
            default:
                throw new Error(`The stand-in knows no query ${kind}`);
        }
    });
}

/** Values of a field; a text is found whole by its sub-field `keyword`. */
function valuesAt(source: Source, path: string): unknown[] {
    const value = path
        .replace(/\.keyword$/, "")
        .split(".")
        .reduce<unknown>((at, name) => (at as Source | undefined)?.[name], source);
    return [value].flat();
}

function sort(documents: Stored[], order: unknown): void {
    const [first] = (order ?? []) as Record<string, { order: "asc" | "desc" }>[];
    const [field, direction] = Object.entries(first ?? {})[0] ?? [];
    if (field === undefined || direction === undefined) {
        return;
    }
    const sign = direction.order === "desc" ? -1 : 1;
    const key = (document: Stored) => String(valuesAt(document.source, field)[0]);
    documents.sort((one, other) => sign * key(one).localeCompare(key(other)));
}
