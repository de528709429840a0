import * as pulumi from "@pulumi/pulumi";
import { SearchEngine } from "../settings/settings";
import { Endpoint, EndpointArgs } from "./endpoint";

/** A search cluster as HySDS reaches it: the domain's signing proxy, or a StatefulSet's Service. */
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

/** The search cluster of each HySDS part; the same object three times when they share one. */
export interface SearchEndpoints {
    readonly mozart: SearchEndpoint;
    readonly grq: SearchEndpoint;
    readonly metrics: SearchEndpoint;
}

/** WHAT HySDS stores data in: the second door. Nothing behind it knows whether a store is managed or in the cluster. */
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
    /** What HySDS depends on: the stores are reachable once these exist. */
    readonly ready: readonly pulumi.Resource[];
}
