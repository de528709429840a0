/** Where prices come from, and of which day they are. */
export interface PriceSource {
    /** AWS's own page with the current price. */
    readonly url: string;
    /** Region that the price is of. */
    readonly region: string;
    /** Day on which the price was published or read, as an ISO date; a month where no day is known. */
    readonly asOf: string;
    /** Where it was read. */
    readonly readIn: string;
}

/** US dollars an hour by instance type, on demand. */
export interface HourlyPrices {
    readonly source: PriceSource;
    readonly hourly: Readonly<Record<string, number>>;
}

/** One price that has no instance type. */
export interface UnitPrice {
    readonly source: PriceSource;
    /** US dollars for one `unit`. */
    readonly usd: number;
    readonly unit:
        "hour" | "GB-month" | "GB" | "month" | "10,000 requests" | "million observations";
}

/** What AWS asks in one region; a list that a region lacks is taken from the reference region. */
export interface RegionalPrices {
    readonly ec2: HourlyPrices;
    /** ElastiCache nodes by engine. */
    readonly valkey: HourlyPrices;
    readonly redis: HourlyPrices;
    /** Amazon MQ, each broker of a cluster. */
    readonly rabbitmq: HourlyPrices;
    /** OpenSearch Service nodes, data and master alike. */
    readonly search: HourlyPrices;
    /** EKS control plane in standard support. */
    readonly controlPlane: UnitPrice;
    /** EKS control plane in extended support. */
    readonly controlPlaneExtended: UnitPrice;
    readonly gp3: UnitPrice;
    readonly searchGp3: UnitPrice;
    readonly rabbitmqStorage: UnitPrice;
    readonly natGateway: UnitPrice;
    readonly natGatewayData: UnitPrice;
    readonly publicAddress: UnitPrice;
    readonly interfaceEndpoint: UnitPrice;
    readonly interfaceEndpointData: UnitPrice;
    readonly networkLoadBalancer: UnitPrice;
    readonly logIngestion: UnitPrice;
    readonly kmsKey: UnitPrice;
    readonly kmsRequests: UnitPrice;
    readonly containerInsights: UnitPrice;
}

export type PriceName = keyof RegionalPrices;
