import { storeBills } from "../components/backends/kinds";
import { AwsPlatformSettings, Settings } from "../components/settings/settings";
import { CostItem, costGroups } from "./cost-item";
import { ingressCost, platformCost } from "./platform-cost";
import { observabilityCost } from "./observability-cost";
import { PriceBook } from "./price-book";
import { REFERENCE_REGION, sameAs } from "./prices";
import { PriceSource } from "./prices/price-list";
import { storeCost } from "./store-cost";

/** What a stack on AWS costs in a month of 730 hours, at list prices on demand, in US dollars. */
export interface CostEstimate {
    readonly region: string;
    /** Sum of what is priced: with the minimum number of nodes, and with the maximum. */
    readonly low: number;
    readonly high: number;
    /** In the order of the groups. */
    readonly items: readonly CostItem[];
    /** What the total is made from and what it leaves out, in sentences. */
    readonly notes: readonly string[];
    readonly sources: readonly PriceSource[];
    /** Days of the oldest and of the newest price in the total. */
    readonly pricesFrom: string;
    readonly pricesTo: string;
}

const LEFT_OUT =
    "Not in the total: data transfer, requests, log ingestion, snapshots beyond what is free, S3, alarms and dashboards, volumes that pods claim, taxes, support and every discount but spot.";

/**
 * Estimates what a stack costs. Pure: the price table is part of the program, so that the same configuration has the
 * same estimate everywhere.
 *
 * @param region where the stack is; one that is not in the table is estimated at the prices of us-east-1, and says so
 * @throws Error for a stack on a cluster that is already there: whoever owns that pays for it
 */
export function estimateMonthlyCost(settings: Settings, region: string): CostEstimate {
    if (settings.platform.kind !== "aws") {
        throw new Error(`Stack ${settings.stack} creates nothing in AWS that has a price.`);
    }
    const book = new PriceBook(region);
    const items = costItems(settings, settings.platform, book);
    const sum = (of: "low" | "high"): number => items.reduce((total, item) => total + item[of], 0);
    const days = book.sources.map(({ asOf }) => asOf).sort();
    return {
        region,
        low: sum("low"),
        high: sum("high"),
        items,
        notes: notes(items, book),
        sources: book.sources,
        pricesFrom: days[0] ?? "",
        pricesTo: days.at(-1) ?? "",
    };
}

function costItems(
    settings: Settings,
    platform: AwsPlatformSettings,
    book: PriceBook,
): readonly CostItem[] {
    const { hysds, ingress, observability } = settings;
    const items = [
        ...platformCost(platform, hysds.workers, book),
        ...ingressCost(ingress, book),
        ...storeCost(storeBills(settings), book),
        ...observabilityCost(observability, book),
    ];
    return costGroups.flatMap((group) => items.filter((item) => item.group === group));
}

function notes(items: readonly CostItem[], { region, borrowed }: PriceBook): readonly string[] {
    const unknown = items.filter(({ kind }) => kind === "unknown").map(({ name }) => name);
    const twin = sameAs[region];
    return [
        ...(twin ? [`Read from the list of ${twin}, which ${region} shares.`] : []),
        ...(borrowed.length > 0
            ? [
                  `At prices of ${REFERENCE_REGION}, as those of ${region} are not in the table: ${borrowed.join(", ")}.`,
              ]
            : []),
        ...(unknown.length > 0
            ? [`The total lacks what has no known price: ${unknown.join(", ")}.`]
            : []),
        LEFT_OUT,
    ];
}
