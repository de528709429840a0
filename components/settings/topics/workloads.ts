import { z } from "zod";
import { builtIn } from "../../hysds/catalog/built-in";
import { refusal } from "../../hysds/catalog/refusals";
import { verdiPool } from "../../hysds/catalog/shapes";
import type { WorkloadSpec } from "../../hysds/catalog/workload-spec";
import { key, topicKeys } from "../key";
import { propertyPath } from "../problem";
import { Finding, Rule, remove, rule } from "../rule";
import type { Values } from "../schema";
import { nearest } from "../suggest";
import { workloadFields, WorkloadOverride } from "./workload-fields";
import { numberFindings } from "./workload-numbers";
import { podFindings } from "./workload-pods";

/** Keys about single workloads. */
export const keys = topicKeys("HySDS", {
    workloads: key(z.record(z.string(), workloadFields), {
        default: {},
        description:
            "What differs for single workloads and worker pools, by their names: replicas, maxReplicas, processes, resources, env, envFrom, annotations, labels, nodeSelector, tolerations, affinity, priorityClass, volumes; see docs/workloads.md.",
        allowed: "fields of workloads, by the workloads' names",
    }),
});

/** Every workload that a stack of these values could have, with the web interface even where it is off. */
function known(values: Values): readonly WorkloadSpec[] {
    return [
        ...builtIn({ searchEngine: values.searchEngine, ui: true, jobSeconds: 0 }),
        ...values.workers.map(verdiPool),
    ];
}

function findingsOf(
    name: string,
    override: WorkloadOverride,
    values: Values,
    specs: readonly WorkloadSpec[],
): readonly Finding[] {
    const at = propertyPath("workloads", [name]);
    const spec = specs.find((each) => each.name === name);
    if (!spec) {
        return [unknown(at, name, specs)];
    }
    if (spec.name === "hysds-ui" && !values.ui) {
        const reason = "the stack has no web interface: ui is false";
        return [{ at, reason, fixes: [remove(at)] }];
    }
    const said = Object.keys(override) as (keyof WorkloadOverride)[];
    if (said.length === 0) {
        return [{ at, reason: "it says nothing", fixes: [remove(at)] }];
    }
    const refused = said.flatMap((field): readonly Finding[] => {
        const reason = refusal(spec, field, values);
        return reason === undefined
            ? []
            : [{ at: `${at}.${field}`, reason, fixes: [remove(`${at}.${field}`)] }];
    });
    return [
        ...refused,
        ...(refused.length === 0 ? numberFindings(at, spec, override, values) : []),
        ...podFindings(at, spec, override),
    ];
}

function unknown(at: string, name: string, specs: readonly WorkloadSpec[]): Finding {
    const names = specs.map((spec) => spec.name);
    const meant = nearest(name, names);
    const hint = meant === undefined ? "" : `; ${meant} is near`;
    return {
        at,
        reason: `there is no workload of this name${hint}`,
        allowed: [...names].sort().join(", "),
        fixes: [remove(at)],
    };
}

/** Rules about single workloads. */
export const rules: readonly Rule[] = [
    rule(
        "workloads-can-be-so",
        [
            "workloads",
            "workers",
            "ui",
            "size",
            "searchEngine",
            "autoscaling",
            "parallelismPercent",
            "processModel",
        ],
        (values) => {
            const specs = known(values);
            return Object.entries(values.workloads).flatMap(([name, override]) =>
                findingsOf(name, override, values, specs),
            );
        },
    ),
];

/** What differs for single workloads, by their names. */
export type WorkloadOverrides = Values["workloads"];
