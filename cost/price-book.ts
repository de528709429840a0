import { CostItem, Count, countText } from "./cost-item";
import { pricesOf, REFERENCE_REGION, referencePrices } from "./prices";
import {
    HourlyPrices,
    PriceName,
    PriceSource,
    RegionalPrices,
    UnitPrice,
} from "./prices/price-list";

/** Hours that AWS calculates a month with. */
const HOURS_A_MONTH = 730;

type ListName = {
    [Name in PriceName]: RegionalPrices[Name] extends HourlyPrices ? Name : never;
}[PriceName];
type UnitName = Exclude<PriceName, ListName>;
type Line = Pick<CostItem, "group" | "name" | "note">;

/** The price table as one region sees it, and a record of what was looked up in it. */
export class PriceBook {
    readonly #own: Partial<RegionalPrices>;
    readonly #sources = new Set<PriceSource>();
    readonly #borrowed = new Set<PriceName>();

    /** @param region such as `us-west-2`; where it has no price of its own, the reference region's is taken. */
    constructor(public readonly region: string) {
        this.#own = pricesOf(region);
    }

    /** Where every price that was looked up comes from. */
    get sources(): readonly PriceSource[] {
        return [...this.#sources];
    }

    /** Which lists were taken from the reference region, as this region has none in the table. */
    get borrowed(): readonly PriceName[] {
        return [...this.#borrowed];
    }

    /** US dollars an hour; undefined when the list does not have the type. */
    hourly(list: ListName, type: string): number | undefined {
        const own = this.#own[list]?.hourly[type];
        const prices =
            own === undefined ? referencePrices[list] : (this.#own[list] as HourlyPrices);
        const price = prices.hourly[type];
        if (price !== undefined) {
            this.#note(list, prices.source, own === undefined);
        }
        return price;
    }

    /** US dollars a unit. */
    unit(name: UnitName): number {
        return this.#unit(name).usd;
    }

    /** Instances by type: a line `unknown` when the type is not in the table. */
    instances(line: Line, list: ListName, type: string, count: Count): CostItem {
        const price = this.hourly(list, type);
        const quantity = `${countText(count)} × ${type}`;
        if (price === undefined) {
            return { ...line, quantity, kind: "unknown", low: 0, high: 0, note: "price not known" };
        }
        const monthly = price * HOURS_A_MONTH;
        return {
            ...line,
            quantity,
            kind: "priced",
            low: count.low * monthly,
            high: count.high * monthly,
        };
    }

    /** So many of something that has one price, for the whole month. */
    units(line: Line, name: UnitName, count: Count, quantity = countText(count)): CostItem {
        const { usd, unit } = this.#unit(name);
        const monthly = unit === "hour" ? usd * HOURS_A_MONTH : usd;
        return {
            ...line,
            quantity,
            kind: "priced",
            low: count.low * monthly,
            high: count.high * monthly,
        };
    }

    /** What is billed by traffic, which no setting tells. */
    usage(line: Line, name: UnitName): CostItem {
        const { usd, unit } = this.#unit(name);
        return { ...line, quantity: `$${usd} a ${unit}`, kind: "usage", low: 0, high: 0 };
    }

    #unit(name: UnitName): UnitPrice {
        const own = this.#own[name];
        const price = own ?? referencePrices[name];
        this.#note(name, price.source, own === undefined);
        return price;
    }

    #note(name: PriceName, source: PriceSource, isBorrowed: boolean): void {
        this.#sources.add(source);
        if (isBorrowed && this.region !== REFERENCE_REGION) {
            this.#borrowed.add(name);
        }
    }
}
