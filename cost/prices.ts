import { ec2UsEast1, ec2UsGovWest1 } from "./prices/ec2";
import { redisUsEast1, valkeyUsEast1 } from "./prices/elasticache";
import { RegionalPrices } from "./prices/price-list";
import { searchUsEast1 } from "./prices/search";
import { rabbitmqUsEast1, unitsUsEast1 } from "./prices/units";

/** Whose prices stand in where a region's own are not in the table. */
export const REFERENCE_REGION = "us-east-1";

/** Regions for which AWS lists what is in the table at the price of another one. */
export const sameAs: Readonly<Record<string, string>> = { "us-west-2": "us-east-1" };

const reference: RegionalPrices = {
    ec2: ec2UsEast1,
    redis: redisUsEast1,
    valkey: valkeyUsEast1,
    search: searchUsEast1,
    rabbitmq: rabbitmqUsEast1,
    ...unitsUsEast1,
};

const regions: Readonly<Record<string, Partial<RegionalPrices>>> = {
    [REFERENCE_REGION]: reference,
    // Only EC2 publishes prices of GovCloud where others can read them without an account there.
    "us-gov-west-1": { ec2: ec2UsGovWest1 },
};

/** Regions with prices of their own in the table, all or some. */
export const pricedRegions: readonly string[] = [...Object.keys(regions), ...Object.keys(sameAs)];

/** Prices of the reference region, which has them all. */
export const referencePrices = reference;

/** What the table holds for a region by itself; nothing for one it does not know. */
export function pricesOf(region: string): Partial<RegionalPrices> {
    return regions[sameAs[region] ?? region] ?? {};
}
