import { architecture, hasInstanceStore } from "../limits/instances";
import { Values } from "../schema";
import { Finding, Rule, rule, set } from "./rule";

const groups = ["service", "job"] as const;
type Group = (typeof groups)[number];

function oneArchitecture(group: Group): Rule {
    const key = `${group}NodeInstanceTypes` as const;
    // https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
    return rule(`${group}-nodes-have-one-architecture`, [key], (values) =>
        mixedArchitectures(key, values[key]),
    );
}

/**
 * Instance types of one node group whose architecture is not that of the first.
 *
 * @param at where the types are
 */
export function mixedArchitectures(
    at: string,
    [first = "", ...rest]: readonly string[],
): readonly Finding[] {
    return rest.flatMap((type, index): readonly Finding[] =>
        architecture(type) === architecture(first)
            ? []
            : [
                  {
                      at: `${at}[${index + 1}]`,
                      reason: `it is ${architecture(type)} and ${first} is ${architecture(first)}: a node group has one machine image`,
                      allowed: `instance types of ${architecture(first)}`,
                      fixes: [set(`${at}[${index + 1}]`, first)],
                  },
              ],
    );
}

function minNotAboveMax(group: Group): Rule {
    const min = `${group}NodeMinSize` as const;
    const max = `${group}NodeMaxSize` as const;
    return rule(`${group}-nodes-min-not-above-max`, [min, max], (values) =>
        values[min] <= values[max]
            ? []
            : [
                  {
                      at: max,
                      reason: `it is below ${min}, which is ${values[min]}`,
                      allowed: `${values[min]} or more`,
                      fixes: [set(max, values[min])],
                  },
              ],
    );
}

function instanceStore({ jobNodeWorkDisk, jobNodeInstanceTypes }: Values): readonly Finding[] {
    const without = jobNodeInstanceTypes.filter((type) => !hasInstanceStore(type));
    return jobNodeWorkDisk === "ebs" || without.length === 0
        ? []
        : [
              {
                  at: "jobNodeWorkDisk",
                  reason: `${without.join(", ")} has no instance store for /data/work`,
                  allowed: "ebs, or nvme with instance types that have one, such as m6id.2xlarge",
                  fixes: [set("jobNodeWorkDisk", "ebs")],
              },
          ];
}

/** Rules about node groups. */
export const nodeRules: readonly Rule[] = [
    ...groups.map(oneArchitecture),
    ...groups.map(minNotAboveMax),
    rule("nvme-needs-instance-store", ["jobNodeWorkDisk", "jobNodeInstanceTypes"], instanceStore),
];
