import {
    BackendsSettings,
    RabbitmqLocation,
    RedisLocation,
    SearchLocation,
    Settings,
    StoreKind,
} from "../settings/settings";
import { amazonMq } from "./aws/amazon-mq";
import { elastiCache } from "./aws/elasticache";
import { openSearchService } from "./aws/search-domains";
import { BrokerStore, RedisStores, SearchStores } from "./backends";
import { StoreContext } from "./context";
import { externalRabbitmq } from "./external/rabbitmq";
import { externalRedis } from "./external/redis";
import { externalSearch } from "./external/search";
import { inClusterRabbitmq } from "./in-cluster/rabbitmq";
import { inClusterRedis } from "./in-cluster/redis";
import { inClusterSearch } from "./in-cluster/search";
import { StoreBill } from "./store";

/** One way to have a store: how it is made, and what it is billed for. */
export interface StoreMaker<Location, Made> {
    create(context: StoreContext, location: Location): Made;
    /** Empty where the stack's owner is not billed for it. */
    bills(backends: BackendsSettings): readonly StoreBill[];
}

/** A maker for every place that a store may be in. */
export type StoreMakers<Location extends { readonly kind: StoreKind }, Made> = {
    readonly [Kind in Location["kind"]]: StoreMaker<Extract<Location, { kind: Kind }>, Made>;
};

export const BROKERS: StoreMakers<RabbitmqLocation, BrokerStore> = {
    aws: amazonMq,
    "in-cluster": inClusterRabbitmq,
    external: externalRabbitmq,
};

export const REDIS: StoreMakers<RedisLocation, RedisStores> = {
    aws: elastiCache,
    "in-cluster": inClusterRedis,
    external: externalRedis,
};

export const SEARCH: StoreMakers<SearchLocation, SearchStores> = {
    aws: openSearchService,
    "in-cluster": inClusterSearch,
    external: externalSearch,
};

/** The maker for a place. */
function makerOf<Location extends { readonly kind: StoreKind }, Made>(
    makers: StoreMakers<Location, Made>,
    location: Location,
): StoreMaker<Location, Made> {
    const { kind }: { kind: Location["kind"] } = location;
    return makers[kind];
}

/** Makes a store where its settings say. */
export function made<Location extends { readonly kind: StoreKind }, Made>(
    makers: StoreMakers<Location, Made>,
    location: Location,
    context: StoreContext,
): Made {
    return makerOf(makers, location).create(context, location);
}

/** What all stores of a stack are billed for, in the order of tables. */
export function storeBills({ backends }: Pick<Settings, "backends">): readonly StoreBill[] {
    const { redis, rabbitmq, search } = backends;
    return [
        ...makerOf(REDIS, redis.location).bills(backends),
        ...makerOf(BROKERS, rabbitmq.location).bills(backends),
        ...makerOf(SEARCH, search.location).bills(backends),
    ];
}
