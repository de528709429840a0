import { Settings } from "../../settings/settings";
import type { WorkloadOverride } from "../../settings/topics/workload-fields";
import { builtIn } from "./built-in";
import { workerLayout, workerResources } from "./layout";
import { mergedResources, overridden } from "./overrides";
import { queueScaling } from "./scaling";
import { verdiPool } from "./shapes";
import { Workload } from "./workload";
import { WorkloadSpec } from "./workload-spec";

const SECONDS_PER_HOUR = 3600;

/**
 * What runs in a stack, as data: HySDS's own workloads and the project's worker pools, sized by its settings, and with
 * what `hysds:workloads` says of each.
 */
export function catalogue(settings: Settings): readonly Workload[] {
    const { hysds, backends } = settings;
    const own = builtIn({
        searchEngine: backends.search.engine,
        ui: hysds.ui,
        jobSeconds: hysds.jobTimeoutHours * SECONDS_PER_HOUR,
    });
    const overrides = new Map(Object.entries(hysds.workloads));
    return [...own, ...hysds.workers.map(verdiPool)].map((spec) => {
        const override = overrides.get(spec.name);
        return override
            ? sized(overridden(spec, override), settings, override)
            : sized(spec, settings, {});
    });
}

function sized(spec: WorkloadSpec, settings: Settings, override: WorkloadOverride): Workload {
    if (spec.kind !== "worker") {
        return spec;
    }
    const layout = workerLayout(spec, settings.hysds, override);
    return {
        ...spec,
        layout,
        resources: mergedResources(workerResources(layout, settings.hysds.size), override),
        scaling: queueScaling(spec, layout, settings, override),
    };
}
