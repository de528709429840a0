import { z } from "zod";
import { refusal } from "../../hysds/catalog/refusals";
import type { WorkloadSpec } from "../../hysds/catalog/workload-spec";
import { key, topicKeys } from "../key";
import { propertyPath } from "../problem";
import { Finding, Rule, remove, rule } from "../rule";
import type { Values } from "../schema";
import { nearHint } from "../suggest";
import { knownWorkloads } from "./known-workloads";
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
    return {
        at,
        reason: `there is no workload of this name${nearHint(name, names)}`,
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
            const specs = knownWorkloads(values);
            return Object.entries(values.workloads).flatMap(([name, override]) =>
                findingsOf(name, override, values, specs),
            );
        },
    ),
];

/** What differs for single workloads, by their names. */
export type WorkloadOverrides = Values["workloads"];
