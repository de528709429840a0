import { HourlyPrices, PriceSource } from "./price-list";

const source: PriceSource = {
    url: "https://aws.amazon.com/elasticache/pricing/",
    region: "us-east-1",
    asOf: "2026-10-02",
    readIn: "AWS Price List, service AmazonElastiCache, product family Cache Instance",
};

export const redisUsEast1: HourlyPrices = {
    source,
    hourly: {
        "cache.t3.micro": 0.017,
        "cache.t3.small": 0.034,
        "cache.t3.medium": 0.068,
        "cache.t4g.micro": 0.016,
        "cache.t4g.small": 0.032,
        "cache.t4g.medium": 0.065,
        "cache.m5.large": 0.156,
        "cache.m5.xlarge": 0.311,
        "cache.m5.2xlarge": 0.623,
        "cache.m5.4xlarge": 1.245,
        "cache.m6g.large": 0.149,
        "cache.m6g.xlarge": 0.297,
        "cache.m6g.2xlarge": 0.593,
        "cache.m6g.4xlarge": 1.186,
        "cache.m7g.large": 0.158,
        "cache.m7g.xlarge": 0.315,
        "cache.m7g.2xlarge": 0.629,
        "cache.m7g.4xlarge": 1.257,
        "cache.r5.large": 0.216,
        "cache.r5.xlarge": 0.431,
        "cache.r5.2xlarge": 0.862,
        "cache.r5.4xlarge": 1.724,
        "cache.r6g.large": 0.206,
        "cache.r6g.xlarge": 0.411,
        "cache.r6g.2xlarge": 0.821,
        "cache.r6g.4xlarge": 1.642,
        "cache.r7g.large": 0.219,
        "cache.r7g.xlarge": 0.437,
        "cache.r7g.2xlarge": 0.873,
        "cache.r7g.4xlarge": 1.745,
    },
};

/** AWS lists every Valkey node at four fifths of the Redis OSS node of its type. */
export const valkeyUsEast1: HourlyPrices = {
    source,
    hourly: Object.fromEntries(
        Object.entries(redisUsEast1.hourly).map(([type, price]) => [
            type,
            Number((price * 0.8).toFixed(4)),
        ]),
    ),
};
