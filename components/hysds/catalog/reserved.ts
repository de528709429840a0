import { builtIn } from "./built-in";

/** Whatever a stack may run of HySDS itself. */
const EVERYTHING = (["opensearch", "elasticsearch"] as const).flatMap((searchEngine) =>
    builtIn({ searchEngine, ui: true, jobSeconds: 0 }),
);

/** Queues that HySDS's code declares by itself, with no process of the catalogue on them. */
const UNSERVED_QUEUES = ["celery", "stdouterr"];

/** Queues of HySDS itself: a worker pool's must be another. */
export const RESERVED_QUEUES: ReadonlySet<string> = new Set([
    ...UNSERVED_QUEUES,
    ...EVERYTHING.flatMap((spec) => (spec.kind === "worker" ? [spec.queue] : [])),
]);

/** Names of HySDS's own workloads: a worker pool must have another. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(EVERYTHING.map(({ name }) => name));
