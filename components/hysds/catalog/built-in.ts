import { SearchEngine } from "../../settings/settings";
import { FACTOTUM, factotumJobs } from "./factotum";
import { FLOWER } from "./flower";
import { GRQ } from "./grq";
import { JOB_NODES, METRICS, dashboards } from "./metrics";
import { MOZART } from "./mozart";
import { HYSDS_UI } from "./ui";
import { ServiceSpec, WorkloadSpec } from "./workload-spec";

/** What the settings of a stack decide about HySDS's own workloads. */
export interface BuiltInChoices {
    readonly searchEngine: SearchEngine;
    /** Whether there is HySDS's web interface. */
    readonly ui: boolean;
    /** Longest job on HySDS's own queues. */
    readonly jobSeconds: number;
}

/**
 * Every process of HySDS itself, one description each; the gateway's start page has the services in this order.
 * Commands, queues and process counts are those of HySDS's own supervisord
 * (https://github.com/hysds/hysds/tree/develop/configs/supervisor).
 */
export function builtIn({ searchEngine, ui, jobSeconds }: BuiltInChoices): readonly WorkloadSpec[] {
    return [
        ...(ui ? [HYSDS_UI] : []),
        ...MOZART,
        ...GRQ,
        ...FACTOTUM,
        ...factotumJobs(jobSeconds),
        ...METRICS,
        dashboards(searchEngine),
        FLOWER,
        ...JOB_NODES,
    ];
}

type BuiltInService = Extract<
    (typeof MOZART)[number] | (typeof GRQ)[number] | typeof FLOWER | typeof HYSDS_UI,
    ServiceSpec
>;

/** Names of the services that `hysds-ops` asks. */
export type OperatedService = Extract<BuiltInService, { readonly operated: true }>["name"];
