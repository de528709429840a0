import { builtIn } from "../../hysds/catalog/built-in";
import { verdiPool } from "../../hysds/catalog/shapes";
import type { WorkloadSpec } from "../../hysds/catalog/workload-spec";
import type { Values } from "../schema";

/** Every workload that a stack of these values could have, with the web interface even where it is off. */
export function knownWorkloads(values: Values): readonly WorkloadSpec[] {
    return [
        ...builtIn({ searchEngine: values.searchEngine, ui: true, jobSeconds: 0 }),
        ...values.workers.map(verdiPool),
    ];
}
