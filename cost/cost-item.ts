/** What a line is about, in the order of tables. */
export const costGroups = ["Cluster", "Nodes", "Network", "Stores", "Operations"] as const;

/** One line of an estimate: what costs money, and how much in a month of 730 hours. */
export interface CostItem {
    readonly group: (typeof costGroups)[number];
    /** Such as `EKS control plane`. */
    readonly name: string;
    /** Such as `2 to 6 × m6i.large`. */
    readonly quantity: string;
    /**
     * `priced`: low and high are in the total; `usage`: it depends on traffic and is not in the total; `unknown`: there
     * is no price in the table, and it is not in the total.
     */
    readonly kind: "priced" | "usage" | "unknown";
    /** US dollars a month; 0 unless priced. */
    readonly low: number;
    readonly high: number;
    readonly note?: string;
}

/** How many there are of something. */
export interface Count {
    readonly low: number;
    readonly high: number;
}

/** As many at least as at most. */
export function exactly(count: number): Count {
    return { low: count, high: count };
}

/** `3`, or `2 to 6`. */
export function countText({ low, high }: Count): string {
    return low === high ? `${low}` : `${low} to ${high}`;
}
