import { natGatewayCount, networkLoadBalancerCount } from "../../settings/counts";
import { nodeGroupsOf } from "../../settings/pool-nodes";
import { AwsPlatformSettings, NodeGroupSettings, Settings } from "../../settings/settings";

/** A quota of an AWS account in a region, as Service Quotas has it. */
export interface Quota {
    readonly service: "ec2" | "vpc" | "elasticloadbalancing";
    readonly code: string;
    /** AWS's own name for it. */
    readonly name: string;
}

/** Things that an account has so and so many of, which can be counted. */
export type Counted = "vpcs" | "addresses" | "loadBalancers";

/** How much of a quota a stack takes. */
export interface QuotaNeed {
    readonly quota: Quota;
    /** What the stack has from its first update on; without it the update fails. */
    readonly least: number;
    /** What it may grow to. */
    readonly most: number;
    /** What it counts; absent where it is vCPUs of nodes. */
    readonly counted?: Counted;
}

export type QuotaSettings = Pick<Settings, "ingress"> & {
    readonly platform: AwsPlatformSettings;
    readonly hysds: Pick<Settings["hysds"], "workers">;
};

/**
 * Quotas of things that are counted, the same in every partition
 * (https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html).
 */
const COUNTED: Readonly<Record<Counted, Quota>> = {
    vpcs: { service: "vpc", code: "L-F678F1CE", name: "VPCs per Region" },
    addresses: { service: "ec2", code: "L-0263D0A3", name: "EC2-VPC Elastic IPs" },
    loadBalancers: {
        service: "elasticloadbalancing",
        code: "L-69A177A2",
        name: "Network Load Balancers per Region",
    },
};

/**
 * Families of instance types that share quotas of vCPUs, by the letters before the generation
 * (https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html,
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html). High memory, HPC and Mac instances have
 * quotas of their own kinds, and are not among them.
 */
const FAMILIES = [
    {
        letters: /^([acdhimrtz]|hs|im|is)$/,
        name: "Standard (A, C, D, H, I, M, R, T, Z)",
        onDemand: "L-1216C47A",
        spot: "L-34B43A08",
    },
    { letters: /^(g|gr|vt)$/, name: "G and VT", onDemand: "L-DB2E81BA", spot: "L-3819A6DF" },
    { letters: /^p$/, name: "P", onDemand: "L-417A185B", spot: "L-7212CCBC" },
    { letters: /^inf$/, name: "Inf", onDemand: "L-1945791B", spot: "L-B5D1601B" },
    { letters: /^trn$/, name: "Trn", onDemand: "L-2C3B7624", spot: "L-6B0D517C" },
    { letters: /^dl$/, name: "DL", onDemand: "L-6E869C2A", spot: "L-85EED4F7" },
    { letters: /^f$/, name: "F", onDemand: "L-74FC7D96", spot: "L-88CF9481" },
    { letters: /^x$/, name: "X", onDemand: "L-7295265B", spot: "L-E3A00192" },
] as const;

/** The quota of vCPUs that nodes of a type count against; undefined for families with others. */
export function vcpuQuota(
    instanceType: string,
    capacityType: NodeGroupSettings["capacityType"],
): Quota | undefined {
    const letters = /^[a-z]+/.exec(instanceType)?.[0] ?? "";
    const family = FAMILIES.find((one) => one.letters.test(letters));
    return (
        family &&
        (capacityType === "SPOT"
            ? {
                  service: "ec2",
                  code: family.spot,
                  name: `All ${family.name} Spot Instance Requests`,
              }
            : {
                  service: "ec2",
                  code: family.onDemand,
                  name: `Running On-Demand ${family.name} instances`,
              })
    );
}

/** Instance types of all nodes that a stack may have. */
export function nodeTypes(settings: QuotaSettings): readonly string[] {
    const groups = nodeGroupsOf(settings.hysds.workers, settings.platform);
    return [...new Set(groups.flatMap(({ instanceTypes }) => instanceTypes))];
}

/**
 * What a stack needs of its account. Without an autoscaler it grows to no more nodes than it has. Of several instance
 * types EC2 chooses one: the least is of the smallest, the most of the largest.
 *
 * @param vcpus of the types of its nodes
 */
export function quotaNeeds(
    settings: QuotaSettings,
    vcpus: ReadonlyMap<string, number>,
): readonly QuotaNeed[] {
    const { network } = settings.platform;
    const loadBalancers = networkLoadBalancerCount(settings.ingress);
    return [
        ...vcpuNeeds(settings, vcpus),
        ...(network.kind === "new"
            ? [countedNeed("vpcs", 1), countedNeed("addresses", natGatewayCount(network))]
            : []),
        ...(loadBalancers > 0 ? [countedNeed("loadBalancers", loadBalancers)] : []),
    ];
}

function countedNeed(counted: Counted, number: number): QuotaNeed {
    return { quota: COUNTED[counted], least: number, most: number, counted };
}

/** Groups may share a quota, and a group of several families counts against that of the one that EC2 chooses. */
function vcpuNeeds(
    { platform, hysds }: QuotaSettings,
    vcpus: ReadonlyMap<string, number>,
): readonly QuotaNeed[] {
    const needs = new Map<string, QuotaNeed>();
    for (const group of nodeGroupsOf(hysds.workers, platform)) {
        for (const need of groupNeeds(group, platform.nodeAutoscaler.kind !== "none", vcpus)) {
            const { least = 0, most = 0 } = needs.get(need.quota.code) ?? {};
            needs.set(need.quota.code, {
                ...need,
                least: least + need.least,
                most: most + need.most,
            });
        }
    }
    return [...needs.values()];
}

function groupNeeds(
    { instanceTypes, capacityType, minSize, maxSize }: NodeGroupSettings,
    autoscaled: boolean,
    vcpus: ReadonlyMap<string, number>,
): readonly QuotaNeed[] {
    const quotas = instanceTypes.map((type) => vcpuQuota(type, capacityType));
    const isOne = quotas.every((quota) => quota?.code === quotas[0]?.code);
    return quotas.flatMap((quota, index): readonly QuotaNeed[] => {
        const isFirst = quotas.findIndex((other) => other?.code === quota?.code) === index;
        if (quota === undefined || !isFirst) {
            return [];
        }
        const sizes = instanceTypes
            .filter((_, other) => quotas[other]?.code === quota.code)
            .map((type) => vcpus.get(type) ?? 0);
        return [
            {
                quota,
                least: isOne ? minSize * Math.min(...sizes) : 0,
                most: (autoscaled ? maxSize : minSize) * Math.max(...sizes),
            },
        ];
    });
}
