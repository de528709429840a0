import * as pulumi from "@pulumi/pulumi";
import { SearchEngine } from "../settings/settings";
import { Endpoint, EndpointArgs } from "./endpoint";
import { ObjectStore } from "./object-store";

/** What an OpenSearch Service domain is to IAM. */
export interface SearchDomainAccess {
    readonly arn: pulumi.Output<string>;
    /** The role whose signature requests through the endpoint have. */
    readonly callerRoleArn: pulumi.Output<string>;
}

/** A search cluster as HySDS reaches it: the domain's signing proxy, or a StatefulSet's Service. */
export class SearchEndpoint extends Endpoint {
    public readonly engine: SearchEngine;
    /** Such as `7.10` or `2.19`. */
    public readonly engineVersion: string;
    /** Absent where the cluster is in the Kubernetes cluster. */
    public readonly domain?: SearchDomainAccess;

    constructor(
        args: EndpointArgs & {
            readonly engine: SearchEngine;
            readonly engineVersion: string;
            readonly domain?: SearchDomainAccess;
        },
    ) {
        super(args);
        this.engine = args.engine;
        this.engineVersion = args.engineVersion;
        this.domain = args.domain;
    }
}

/** The search cluster of each HySDS part; the same object three times when they share one. */
export interface SearchEndpoints {
    readonly mozart: SearchEndpoint;
    readonly grq: SearchEndpoint;
    readonly metrics: SearchEndpoint;
}

/** The managed stores by the names that AWS knows them by. */
export interface ManagedStores {
    readonly broker: pulumi.Output<string>;
    /** Nodes of each ElastiCache replication group, by the group's name. */
    readonly cacheNodes: Readonly<Record<string, pulumi.Output<string[]>>>;
    /** Search domains, by the use they are named after: `search`, or `mozart`, `grq` and `metrics`. */
    readonly domains: Readonly<Record<string, pulumi.Output<string>>>;
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
    /** Where datasets are published; absent on AWS, where that is S3 by the roles of the pods, and where nothing is. */
    readonly objectStore?: ObjectStore;
    /** Absent where the stores are in the cluster; for what watches AWS services, never for HySDS. */
    readonly managed?: ManagedStores;
    /** What HySDS depends on: the stores are reachable once these exist. */
    readonly ready: readonly pulumi.Resource[];
}
