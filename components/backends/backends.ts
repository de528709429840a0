import * as pulumi from "@pulumi/pulumi";
import { SearchEngine } from "../settings/settings";
import { Endpoint, EndpointArgs } from "./endpoint";
import { RedisUses, SearchUses } from "./layouts";
import { ObjectStore } from "./object-store";
import { Store } from "./store";

/** A search cluster as HySDS reaches it: the domain's signing proxy, a StatefulSet's Service, or a server elsewhere. */
export class SearchEndpoint extends Endpoint {
    public readonly engine: SearchEngine;
    /** Such as `7.10` or `2.19`. */
    public readonly engineVersion: string;

    constructor(
        args: EndpointArgs & { readonly engine: SearchEngine; readonly engineVersion: string },
    ) {
        super(args);
        this.engine = args.engine;
        this.engineVersion = args.engineVersion;
    }
}

/** The message broker, and RabbitMQ's management HTTP API with the same credentials. */
export interface BrokerStore extends Store {
    readonly management: Endpoint;
}

export type RedisStores = RedisUses<Store>;

export type SearchStores = SearchUses<Store<SearchEndpoint>>;

/** The search cluster of each HySDS part; the same object three times when they share one. */
export type SearchEndpoints = SearchUses<SearchEndpoint>;

/** WHAT HySDS stores data in: the second interface. Nothing behind it knows where a store is. */
export interface Backends {
    /** AMQP: scheme `amqp` or `amqps`. */
    readonly broker: Endpoint;
    /** RabbitMQ's management HTTP API, same credentials. */
    readonly brokerManagement: Endpoint;
    /** Redis of mozart: Celery results and the job-status list. Scheme `redis` or `rediss`. */
    readonly resultStore: Endpoint;
    /** Redis of metrics: job metrics, instance statistics and sdswatch. */
    readonly metricsStore: Endpoint;
    readonly search: SearchEndpoints;
    /** Where datasets are published; absent on AWS, where that is S3 by the roles of the pods, and where nothing is. */
    readonly objectStore?: ObjectStore;
    /** Each broker, Redis and search cluster once: for those who operate them, never for HySDS. */
    readonly stores: readonly Store[];
    /** What HySDS depends on: the stores are reachable once these exist. */
    readonly ready: readonly pulumi.Resource[];
}
