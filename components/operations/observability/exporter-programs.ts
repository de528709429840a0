import * as pulumi from "@pulumi/pulumi";
import { Store, StoreUse } from "../../backends/store";
import { EVENT_LISTS } from "../../../contract/event-lists";
import { IMAGES, ImageSources } from "../../kubernetes/images";
import { ExporterProgram } from "./exporter";

/** Keys by database; their length is the indexers' backlog. */
const INDEXED_LISTS = Object.values(EVENT_LISTS)
    .map((list) => `db0=${list}`)
    .join(",");

/**
 * redis_exporter. Speaks TLS where the endpoint does, and verifies it
 * by the authorities in its image.
 */
function redisExporter({ endpoint, metrics }: Store, images: ImageSources): ExporterProgram {
    const { credentials } = endpoint;
    return {
        image: IMAGES.reference("redis-exporter", images),
        uid: 59000,
        port: 9121,
        args: [
            `--check-single-keys=${INDEXED_LISTS}`,
            ...(metrics.exporter?.hidesConfiguration ? ["--config-command=-"] : []),
        ],
        environment: { REDIS_ADDR: endpoint.origin() },
        secrets: credentials ? { REDIS_PASSWORD: credentials.password } : {},
    };
}

/**
 * elasticsearch_exporter, which knows OpenSearch too. Before a domain stands its signing proxy.
 */
function searchExporter({ endpoint }: Store, images: ImageSources): ExporterProgram {
    const { credentials } = endpoint;
    return {
        image: IMAGES.reference("search-exporter", images),
        uid: 65534,
        port: 9114,
        args: [
            pulumi.interpolate`--es.uri=${endpoint.origin()}`,
            // All nodes: behind a proxy a different one answers each time.
            "--es.all",
            "--es.timeout=15s",
        ],
        environment: {},
        secrets: credentials
            ? {
                  ...(credentials.username ? { ES_USERNAME: credentials.username } : {}),
                  ES_PASSWORD: credentials.password,
              }
            : {},
    };
}

const PROGRAMS: Readonly<
    Partial<Record<StoreUse, (store: Store, images: ImageSources) => ExporterProgram>>
> = {
    redis: redisExporter,
    search: searchExporter,
};

/** The program that asks a store; undefined for a store that no exporter asks. */
export function exporterProgram(store: Store, images: ImageSources): ExporterProgram | undefined {
    return store.metrics.exporter && PROGRAMS[store.use]?.(store, images);
}
