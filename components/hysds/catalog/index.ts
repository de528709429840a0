import { Settings } from "../../settings/settings";
import { FACTOTUM, factotumJobs } from "./factotum";
import { GRQ } from "./grq";
import { JOB_NODES, METRICS, dashboards } from "./metrics";
import { MOZART } from "./mozart";
import { HYSDS_UI } from "./ui";
import { verdiPool } from "./shapes";
import { WorkloadSpec } from "./workload-spec";

const SECONDS_PER_HOUR = 3600;

/**
 * Every process of HySDS as data, one description each: adding a queue or a service is adding one to the list of its component,
 * beside this file. Commands, queues and process counts are those of HySDS's own supervisord
 * (https://github.com/hysds/hysds/tree/develop/configs/supervisor).
 */
export function catalogue(settings: Settings): readonly WorkloadSpec[] {
    return [
        ...MOZART,
        ...GRQ,
        ...FACTOTUM,
        ...factotumJobs(settings.hysds.jobTimeoutHours * SECONDS_PER_HOUR),
        ...METRICS,
        dashboards(settings.backends.search.engine),
        ...JOB_NODES,
        ...(settings.hysds.ui ? [HYSDS_UI] : []),
        ...settings.hysds.workers.map(verdiPool),
    ];
}
