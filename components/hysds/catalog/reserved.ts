import { FACTOTUM, factotumJobs } from "./factotum";
import { GRQ } from "./grq";
import { dashboards, JOB_NODES, METRICS } from "./metrics";
import { MOZART } from "./mozart";
import { HYSDS_UI } from "./ui";
import type { WorkloadSpec } from "./workload-spec";

/** Whatever a stack may run of HySDS itself. */
const BUILT_IN: readonly WorkloadSpec[] = [
    ...MOZART,
    ...GRQ,
    ...FACTOTUM,
    ...factotumJobs(0),
    ...METRICS,
    dashboards("opensearch"),
    dashboards("elasticsearch"),
    ...JOB_NODES,
    HYSDS_UI,
];

/** Queues that HySDS's code declares by itself, with no process of the catalogue on them. */
const UNSERVED_QUEUES = ["celery", "stdouterr"];

/** Queues of HySDS itself: a worker pool's must be another. */
export const RESERVED_QUEUES: ReadonlySet<string> = new Set([
    ...UNSERVED_QUEUES,
    ...BUILT_IN.flatMap((spec) => (spec.kind === "worker" ? [spec.queue] : [])),
]);

/** Names of HySDS's own workloads: a worker pool must have another. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(BUILT_IN.map(({ name }) => name));
