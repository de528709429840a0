import { StoreBill } from "../components/backends/store";
import { CostItem, exactly } from "./cost-item";
import { PriceBook } from "./price-book";

/** Lines of the stores, by what each says that it is billed for. */
export function storeCost(bills: readonly StoreBill[], book: PriceBook): readonly CostItem[] {
    const names = new Set(bills.map(({ name }) => name));
    return [...names].map((name) =>
        costItem(bills.filter((bill) => bill.name === name).reduce(sum), book),
    );
}

function costItem(bill: StoreBill, book: PriceBook): CostItem {
    const { name, note } = bill;
    const line = { group: "Stores", name, ...(note === undefined ? {} : { note }) } as const;
    return "instances" in bill
        ? book.instances(line, bill.instances, bill.type, exactly(bill.count))
        : book.units(
              line,
              bill.units,
              { low: bill.low, high: bill.high },
              bill.quantity(bill.high),
          );
}

function sum(one: StoreBill, other: StoreBill): StoreBill {
    return "instances" in one || "instances" in other
        ? one
        : { ...one, low: one.low + other.low, high: one.high + other.high };
}
