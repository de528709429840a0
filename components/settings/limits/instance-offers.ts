import table from "./instance-types.json";
import { architecture, hasInstanceStore } from "./instances";

/** An AWS service whose machines have types. */
export type InstanceService = "ec2" | "elasticache" | "search";

/** What stands around family and size in the names of a service. */
const AFFIXES = {
    ec2: ["", ""],
    elasticache: ["cache.", ""],
    search: ["", ".search"],
} as const;

const regions = table.regions.split(" ");

/**
 * The day of the table: AWS's price lists as cfn-lint's package on PyPI has them. `npm run instance-types` writes it
 * anew.
 */
export const offersDate = table.date;

/** Whether a region is in the table; those of partitions without public price lists are not. */
export function hasOffers(region: string): boolean {
    return regions.includes(region);
}

/** Family and size of a type without what its service puts around them. */
export function familyAndSize(
    service: InstanceService,
    type: string,
): readonly [family: string, size: string] {
    const [before, after] = AFFIXES[service];
    const [family = "", size = ""] = type
        .slice(before.length, type.length - after.length)
        .split(".");
    return [family, size];
}

/** Regions of the table that offer a type; none where no region does. */
export function regionsWith(service: InstanceService, type: string): readonly string[] {
    const [family, size] = familyAndSize(service, type);
    const families: Readonly<Record<string, readonly string[] | undefined>> = table[service];
    const row = families[family]
        ?.map((text) => text.split(" "))
        .find(([, ...sizes]) => sizes.includes(size));
    const mask = BigInt(`0x${row?.[0] ?? "0"}`);
    return regions.filter((_, index) => (mask >> BigInt(index)) & 1n);
}

/**
 * A type of a region that can stand in for another: of its size, architecture and kind of disk, of the same series
 * (m, r, c) where that has one, and the latest generation. Undefined where the region has none.
 */
export function standIn(
    service: InstanceService,
    type: string,
    region: string,
): string | undefined {
    const [before, after] = AFFIXES[service];
    const [family, size] = familyAndSize(service, type);
    const series = (name: string): string => /^[a-z]*/.exec(name)?.[0] ?? "";
    const likeIt = Object.keys(table[service])
        .filter((other) => architecture(other) === architecture(family))
        .filter((other) => hasInstanceStore(`${other}.`) === hasInstanceStore(`${family}.`))
        .filter((other) => /^[cmr]\d/.test(other))
        .map((other) => `${before}${other}.${size}${after}`)
        .filter((other) => regionsWith(service, other).includes(region))
        .sort()
        .reverse();
    return (
        likeIt.find((other) => series(familyAndSize(service, other)[0]) === series(family)) ??
        likeIt[0]
    );
}
