import { Platform } from "../platform/platform";
import { Settings } from "../settings/settings";
import { Backends } from "./backends";
import { StoreContext } from "./context";
import { BROKERS, made, REDIS, SEARCH } from "./kinds";
import { distinct } from "./layouts";
import { createObjectStore } from "./object-stores";

/**
 * Makes WHAT HySDS stores data in, each store where its settings say.
 *
 * @throws Error when a store of AWS is asked for on a platform outside AWS, which validated settings never do
 */
export function createBackends(settings: Settings, platform: Platform): Backends {
    const context = new StoreContext(settings, platform);
    const { backends } = settings;
    const broker = made(BROKERS, backends.rabbitmq.location, context);
    const redis = made(REDIS, backends.redis.location, context);
    const search = made(SEARCH, backends.search.location, context);
    const objectStore = createObjectStore(context);
    const stores = [broker, ...distinct(redis), ...distinct(search)];
    return {
        broker: broker.endpoint,
        brokerManagement: broker.management,
        resultStore: redis.results.endpoint,
        metricsStore: redis.metrics.endpoint,
        search: {
            mozart: search.mozart.endpoint,
            grq: search.grq.endpoint,
            metrics: search.metrics.endpoint,
        },
        ...(objectStore ? { objectStore } : {}),
        stores,
        ready: [
            ...new Set([
                ...stores.flatMap(({ ready }) => ready),
                ...(objectStore?.ready ? [objectStore.ready] : []),
            ]),
        ],
    };
}
