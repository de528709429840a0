import { NodeGroupSettings } from "../components/settings/settings";
import { CostItem, Count, countText } from "./cost-item";
import { PriceBook } from "./price-book";

/**
 * What spot capacity is taken to cost, as a share of the on-demand price. AWS says up to 90 percent off
 * (https://aws.amazon.com/ec2/spot/pricing/) and changes the price all the time; general purpose families are usually
 * 50 to 70 percent off.
 */
export const SPOT_FACTOR = 0.4;

/**
 * Lines of one node group: its instances, from the minimum number of its cheapest type to the maximum of its dearest, and their
 * root volumes.
 *
 * @param title such as `Service nodes`
 */
export function nodeGroupCost(
    title: string,
    group: NodeGroupSettings,
    book: PriceBook,
): readonly CostItem[] {
    const count = { low: group.minSize, high: group.maxSize };
    return [instances(title, group, count, book), volumes(title, group, count, book)];
}

function instances(
    title: string,
    { instanceTypes, capacityType }: NodeGroupSettings,
    count: Count,
    book: PriceBook,
): CostItem {
    const byType = instanceTypes.map((type) =>
        book.instances({ group: "Nodes", name: title }, "ec2", type, count),
    );
    const isSpot = capacityType === "SPOT";
    const factor = isSpot ? SPOT_FACTOR : 1;
    const unknown = instanceTypes.filter((_, index) => byType[index]?.kind === "unknown");
    const known = byType.filter(({ kind }) => kind === "priced");
    const notes = [
        ...(isSpot ? [`spot at ${SPOT_FACTOR * 100} % of on demand`] : []),
        ...(unknown.length > 0 ? [`price not known: ${unknown.join(", ")}`] : []),
    ];
    return {
        group: "Nodes",
        name: title,
        quantity: `${countText(count)} × ${instanceTypes.join(" or ")}`,
        kind: unknown.length > 0 ? "unknown" : "priced",
        low: unknown.length > 0 ? 0 : Math.min(...known.map(({ low }) => low)) * factor,
        high: unknown.length > 0 ? 0 : Math.max(...known.map(({ high }) => high)) * factor,
        ...(notes.length > 0 ? { note: notes.join("; ") } : {}),
    };
}

function volumes(
    title: string,
    { diskGiB }: NodeGroupSettings,
    count: Count,
    book: PriceBook,
): CostItem {
    return book.units(
        { group: "Nodes", name: `${title}, root volumes` },
        "gp3",
        { low: count.low * diskGiB, high: count.high * diskGiB },
        `${countText(count)} × ${diskGiB} GiB gp3`,
    );
}
