import * as pulumi from "@pulumi/pulumi";
import { Platform } from "../components/platform/platform";
import { Settings } from "../components/settings/settings";
import { CostEstimate, estimateMonthlyCost } from "./estimate";

export { estimateMonthlyCost } from "./estimate";
export type { CostEstimate } from "./estimate";

/** The estimate as a stack output: what fits on a screen. `npm run plan` has every line. */
export interface CostSummary {
    readonly currency: "USD";
    /** With the minimum number of nodes, whole dollars. */
    readonly low: number;
    /** With the maximum number of nodes, whole dollars. */
    readonly high: number;
    readonly region: string;
    /** Days of the oldest and the newest price. */
    readonly pricesOf: string;
    /** What costs most with the minimum number of nodes, and whole dollars. */
    readonly biggest: Readonly<Record<string, number>>;
    readonly notes: readonly string[];
}

/** What a stack says of its costs; nothing on a cluster that is already there. */
export interface CostOutputs {
    readonly estimatedMonthlyCost?: pulumi.Output<CostSummary>;
}

const BIGGEST = 5;

/** The stack output `estimatedMonthlyCost`; none for a stack on a cluster that is already there. */
export function costOutputs(settings: Settings, { billedRegion }: Platform): CostOutputs {
    const estimatedMonthlyCost = billedRegion?.apply((region) =>
        summary(estimateMonthlyCost(settings, region)),
    );
    return estimatedMonthlyCost ? { estimatedMonthlyCost } : {};
}

function summary(estimate: CostEstimate): CostSummary {
    const { region, items, pricesFrom, pricesTo, notes } = estimate;
    const biggest = items.toSorted((a, b) => b.low - a.low).slice(0, BIGGEST);
    return {
        currency: "USD",
        low: Math.round(estimate.low),
        high: Math.round(estimate.high),
        region,
        pricesOf: `${pricesFrom} to ${pricesTo}`,
        biggest: Object.fromEntries(biggest.map(({ name, low }) => [name, Math.round(low)])),
        notes,
    };
}
