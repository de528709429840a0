import * as pulumi from "@pulumi/pulumi";
import { Endpoint } from "../../backends/endpoint";
import { EVENT_LISTS } from "../../hysds/configuration/event-lists";
import { IMAGES, ImageSources } from "../../kubernetes/images";
import { ExporterProgram } from "./exporter";

/** What is read of a store, and how. */
export interface ExporterOptions {
    /** Whether the store is a service of AWS, which hides some commands. */
    readonly managed: boolean;
    readonly images: ImageSources;
}

/** Keys by database; their length is the indexers' backlog. */
const INDEXED_LISTS = Object.values(EVENT_LISTS)
    .map((list) => `db0=${list}`)
    .join(",");

/**
 * redis_exporter. Speaks TLS where the endpoint does, and verifies it
 * by the authorities in its image.
 */
export function redisExporter(
    store: Endpoint,
    { managed, images }: ExporterOptions,
): ExporterProgram {
    const { credentials } = store;
    return {
        image: IMAGES.reference("redis-exporter", images),
        uid: 59000,
        port: 9121,
        args: [
            `--check-single-keys=${INDEXED_LISTS}`,
            // ElastiCache has no CONFIG command.
            ...(managed ? ["--config-command=-"] : []),
        ],
        environment: { REDIS_ADDR: store.origin() },
        secrets: credentials ? { REDIS_PASSWORD: credentials.password } : {},
    };
}

/**
 * elasticsearch_exporter, which knows OpenSearch too. Before a domain stands its signing proxy.
 */
export function searchExporter(
    cluster: Endpoint,
    { images }: Pick<ExporterOptions, "images">,
): ExporterProgram {
    const { credentials } = cluster;
    return {
        image: IMAGES.reference("search-exporter", images),
        uid: 65534,
        port: 9114,
        args: [
            pulumi.interpolate`--es.uri=${cluster.origin()}`,
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
