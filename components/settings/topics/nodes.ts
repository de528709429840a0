import { z } from "zod";
import { Fields, fields } from "../fields";
import { key, topicKeys } from "../key";
import { instanceType } from "../limits/ec2";
import { architecture, hasInstanceStore } from "../limits/instances";
import { Finding, Rule, rule, set } from "../rule";
import type { Values } from "../schema";
import { ON_AWS } from "./general";
import { notOffered } from "./instance-offers";

const instanceTypes = z.array(z.string().regex(instanceType)).min(1);
const capacityType = z.enum(["ON_DEMAND", "SPOT"]);

/** Keys about the two managed node groups. */
export const keys = topicKeys("Node groups", {
    serviceNodeInstanceTypes: key(instanceTypes, {
        default: ["m6i.xlarge"],
        description: "Instance types of the nodes that run the HySDS services.",
        allowed: "one or more EC2 instance types of one processor architecture",
        example: "m6i.xlarge",
        requires: ON_AWS,
    }),
    serviceNodeCapacityType: key(capacityType, {
        default: "ON_DEMAND",
        description: "How service nodes are bought.",
        requires: ON_AWS,
    }),
    serviceNodeMinSize: key(z.int().min(1).max(450), {
        default: 3,
        description:
            "Fewest service nodes, and without a cluster autoscaler how many there are. They must hold the services.",
        requires: ON_AWS,
    }),
    serviceNodeMaxSize: key(z.int().min(1).max(450), {
        default: 6,
        description: "Most service nodes, for a cluster autoscaler.",
        requires: ON_AWS,
    }),
    serviceNodeDiskGiB: key(z.int().min(20).max(16384), {
        default: 100,
        description: "Root volume of a service node, GiB.",
        requires: ON_AWS,
    }),
    jobNodeInstanceTypes: key(instanceTypes, {
        default: ["m6id.2xlarge", "m5d.2xlarge"],
        description:
            "Instance types of the nodes that run jobs. Several make interruptions of spot capacity rarer.",
        allowed: "one or more EC2 instance types of one processor architecture",
        example: "m6id.2xlarge",
        requires: ON_AWS,
    }),
    jobNodeCapacityType: key(capacityType, {
        default: "ON_DEMAND",
        description:
            "How job nodes are bought. SPOT is cheaper and ends running jobs now and then.",
        requires: ON_AWS,
    }),
    jobNodeMinSize: key(z.int().min(0).max(450), {
        default: 1,
        description: "Fewest job nodes, and without a cluster autoscaler how many there are.",
        requires: ON_AWS,
    }),
    jobNodeMaxSize: key(z.int().min(1).max(450), {
        default: 10,
        description: "Most job nodes, for a cluster autoscaler.",
        requires: ON_AWS,
    }),
    jobNodeDiskGiB: key(z.int().min(20).max(16384), {
        default: 100,
        description:
            "Root volume of a job node, GiB. It holds /data/work too when jobNodeWorkDisk is ebs.",
        requires: ON_AWS,
    }),
    jobNodeWorkDisk: key(z.enum(["nvme", "ebs"]), {
        default: "nvme",
        description:
            "Disk of /data/work: the instance store of the node, as one RAID 0, or its root volume.",
        requires: ON_AWS,
    }),
});

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

function offered(group: Group): Rule {
    const key = `${group}NodeInstanceTypes` as const;
    return rule(`${group}-nodes-are-offered`, [key, "platform"], (values, context) =>
        values.platform === "aws"
            ? values[key].flatMap((type, index) =>
                  notOffered("ec2", `${key}[${index}]`, type, context),
              )
            : [],
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
export const rules: readonly Rule[] = [
    ...groups.map(oneArchitecture),
    ...groups.map(offered),
    ...groups.map(minNotAboveMax),
    rule("nvme-needs-instance-store", ["jobNodeWorkDisk", "jobNodeInstanceTypes"], instanceStore),
];

/** One EKS managed node group. */
export type NodeGroupSettings = Fields<"serviceNode", typeof keys>;

/** The node group that runs job workers: tainted, and with a work disk for `/data/work`. */
export type JobNodeGroupSettings = Fields<"jobNode", typeof keys>;

/** The nodes of services as their keys have them. */
export function serviceNodeSettings(values: Values): NodeGroupSettings {
    return fields(values, "serviceNode", keys);
}

/** The nodes of jobs as their keys have them. */
export function jobNodeSettings(values: Values): JobNodeGroupSettings {
    return fields(values, "jobNode", keys);
}
