import { Settings } from "../../settings/settings";
import { builtIn } from "./built-in";
import { workerLayout } from "./layout";
import { queueScaling } from "./scaling";
import { verdiPool } from "./shapes";
import { Workload } from "./workload";
import { WorkloadSpec } from "./workload-spec";

const SECONDS_PER_HOUR = 3600;

/** What runs in a stack, as data: HySDS's own workloads and the project's worker pools, sized by its settings. */
export function catalogue(settings: Settings): readonly Workload[] {
    const { hysds, backends } = settings;
    const own = builtIn({
        searchEngine: backends.search.engine,
        ui: hysds.ui,
        jobSeconds: hysds.jobTimeoutHours * SECONDS_PER_HOUR,
    });
    return [...own, ...hysds.workers.map(verdiPool)].map((spec) => sized(spec, settings));
}

function sized(spec: WorkloadSpec, settings: Settings): Workload {
    if (spec.kind !== "worker") {
        return spec;
    }
    const layout = workerLayout(spec, settings.hysds);
    return { ...spec, layout, scaling: queueScaling(spec, layout, settings) };
}
