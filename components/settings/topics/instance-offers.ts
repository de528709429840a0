import {
    hasOffers,
    InstanceService,
    offersDate,
    regionsWith,
    standIn,
} from "../limits/instance-offers";
import { Finding, remove, RuleContext, set } from "../rule";

/**
 * What is wrong with an instance type that the stack's region does not offer, or no region at all.
 *
 * @param at where the type is
 */
export function notOffered(
    service: InstanceService,
    at: string,
    type: string,
    { region }: Pick<RuleContext, "region">,
): readonly Finding[] {
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
