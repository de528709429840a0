/** What one store of several of its use is called. */
export interface StoreNames {
    /** By operators, and in the cluster: `redis`, or `redis-mozart` and `redis-metrics`; `search`, or `search-grq`, … */
    readonly name: string;
    /** In AWS, and in the names of alarms and exporters. */
    readonly label: string;
}

/** Whether one store serves all parts of HySDS, or each has its own. */
export type StoreLayout = "shared" | "separate";

/** Which store keeps job results, and which metrics. */
export interface RedisUses<T> {
    readonly results: T;
    readonly metrics: T;
}

/** Which search cluster each part of HySDS has. */
export interface SearchUses<T> {
    readonly mozart: T;
    readonly grq: T;
    readonly metrics: T;
}

/**
 * The Redis stores of a layout, the same one twice when it is shared. The result store is called `redis` in AWS in both,
 * so going from `shared` to `separate` only adds the metrics store.
 */
export function redisUses<T>(layout: StoreLayout, make: (names: StoreNames) => T): RedisUses<T> {
    if (layout === "shared") {
        const shared = make({ name: "redis", label: "redis" });
        return { results: shared, metrics: shared };
    }
    return {
        results: make({ name: "redis-mozart", label: "redis" }),
        metrics: make({ name: "redis-metrics", label: "redis-metrics" }),
    };
}

/** The search clusters of a layout, the same one three times when it is shared. */
export function searchUses<T>(layout: StoreLayout, make: (names: StoreNames) => T): SearchUses<T> {
    if (layout === "shared") {
        const shared = make({ name: "search", label: "search" });
        return { mozart: shared, grq: shared, metrics: shared };
    }
    const own = (part: string): T => make({ name: `search-${part}`, label: part });
    return { mozart: own("mozart"), grq: own("grq"), metrics: own("metrics") };
}

/** Each store once, in the order of its first use. */
export function distinct<T>(uses: RedisUses<T> | SearchUses<T>): readonly T[] {
    return [...new Set<T>(Object.values(uses))];
}
