import { HourlyPrices, PriceSource } from "./price-list";

/** Sizes of EC2 instances by how many `large` ones they cost: within a family the price goes with the size. */
const sizes: Readonly<Record<string, number>> = {
    medium: 0.5,
    large: 1,
    xlarge: 2,
    "2xlarge": 4,
    "4xlarge": 8,
    "8xlarge": 16,
    "12xlarge": 24,
    "16xlarge": 32,
    "24xlarge": 48,
};

/** Linux, on demand, as Karpenter's release has them from the AWS price list. */
function source(region: string, file: string): PriceSource {
    return {
        url: "https://aws.amazon.com/ec2/pricing/on-demand/",
        region,
        asOf: "2026-07-20",
        readIn: `https://github.com/aws/karpenter-provider-aws/blob/main/pkg/providers/pricing/${file}`,
    };
}

/** @param large US dollars an hour of the `large` size, by family */
function families(large: Readonly<Record<string, number>>): Record<string, number> {
    return Object.fromEntries(
        Object.entries(large).flatMap(([family, price]) =>
            Object.entries(sizes).map(([size, factor]) => [
                `${family}.${size}`,
                Number((price * factor).toFixed(5)),
            ]),
        ),
    );
}

export const ec2UsEast1: HourlyPrices = {
    source: source("us-east-1", "zz_generated.pricing_aws.go"),
    hourly: families({
        m5: 0.096,
        m5d: 0.113,
        m5dn: 0.136,
        m6a: 0.0864,
        m6i: 0.096,
        m6id: 0.11865,
        m6idn: 0.15912,
        m6g: 0.077,
        m6gd: 0.0904,
        m7a: 0.11592,
        m7i: 0.1008,
        m7g: 0.0816,
        m7gd: 0.106775,
        m8g: 0.08976,
        c5: 0.085,
        c5d: 0.096,
        c6i: 0.085,
        c6id: 0.1008,
        c6g: 0.068,
        c6gd: 0.0768,
        c7i: 0.08925,
        c7g: 0.0725,
        r5: 0.126,
        r5d: 0.144,
        r5dn: 0.167,
        r6i: 0.126,
        r6id: 0.1512,
        r6g: 0.1008,
        r6gd: 0.1152,
        r7i: 0.1323,
        r7g: 0.1071,
        i3: 0.156,
        i3en: 0.226,
        i4i: 0.1715,
        t3: 0.0832,
        t4g: 0.0672,
    }),
};

export const ec2UsGovWest1: HourlyPrices = {
    source: source("us-gov-west-1", "zz_generated.pricing_aws_us_gov.go"),
    hourly: families({
        m5: 0.121,
        m5d: 0.143,
        m5dn: 0.171,
        m6i: 0.121,
        m6id: 0.1502,
        m6idn: 0.20007,
        m6g: 0.0968,
        m6gd: 0.1144,
        m7i: 0.12705,
        m7g: 0.10285,
        m8g: 0.11312,
        c5: 0.102,
        c5d: 0.116,
        c6i: 0.102,
        c6id: 0.1218,
        c6g: 0.0816,
        c6gd: 0.0928,
        c7i: 0.1071,
        c7g: 0.0867,
        r5: 0.151,
        r5d: 0.173,
        r5dn: 0.201,
        r6i: 0.151,
        r6id: 0.1817,
        r6g: 0.1208,
        r6gd: 0.1384,
        r7i: 0.15855,
        r7g: 0.12835,
        i3: 0.188,
        i3en: 0.273,
        i4i: 0.20675,
        t3: 0.0976,
        t4g: 0.0784,
    }),
};
