import {
    hasOffers,
    InstanceService,
    offersDate,
    regionsWith,
    standIn,
} from "../limits/instance-offers";
import { hasAccelerator } from "../limits/instances";
import { Finding, remove, RuleContext, set } from "../rule";

/** Any that every region has will do. */
const PLAIN = "m5d.2xlarge";

/**
 * What is wrong with an instance type that the stack's region does not offer, or no region at all, or that costs what
 * nothing uses.
 *
 * @param at where the type is
 */
export function notOffered(
    service: InstanceService,
    at: string,
    type: string,
    { region }: Pick<RuleContext, "region">,
): readonly Finding[] {
    if (service === "ec2" && hasAccelerator(type)) {
        return [
            {
                at,
                reason: "it has an accelerator that no job would see: nodes have no driver for it, and containers no device",
                allowed: "a type without GPU, FPGA or machine learning chip",
                fixes: [set(at, PLAIN)],
            },
        ];
    }
    const offering = regionsWith(service, type);
    const isMissing = region === undefined ? offering.length === 0 : !offering.includes(region);
    if (!isMissing || (region !== undefined && !hasOffers(region))) {
        return [];
    }
    const other = region === undefined ? undefined : standIn(service, type, region);
    return [
        {
            at,
            reason:
                offering.length === 0
                    ? `AWS had no type ${type} on ${offersDate}`
                    : `${region} did not offer ${type} on ${offersDate}`,
            allowed:
                "a type that the region offers; for one that is newer, npm run instance-types writes the list anew",
            fixes: [other === undefined ? remove(at) : set(at, other)],
        },
    ];
}
