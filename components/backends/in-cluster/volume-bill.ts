import { StoreBill } from "../store";

/** What a store in the cluster is billed for: its volume, on nodes that are billed anyway. */
export function volumeBill(gib: number): StoreBill {
    return {
        name: "Volumes of the stores in the cluster",
        units: "gp3",
        low: gib,
        high: gib,
        quantity: (total) => `${total} GiB gp3`,
    };
}
