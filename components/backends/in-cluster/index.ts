import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";
import { Backends, SearchEndpoints } from "../backends";
import { Endpoint } from "../endpoint";
import { externalObjectStore } from "../external/object-store";
import { ObjectStore } from "../object-store";
import { InClusterObjectStore } from "./object-store";
import { Rabbitmq } from "./rabbitmq";
import { Redis } from "./redis";
import { Search } from "./search";

export interface InClusterBackendsArgs {
    readonly settings: Settings;
    readonly platform: Platform;
}

/**
 * The stores of HySDS as StatefulSets in a namespace of their own, for local stacks and for teams without managed
 * services: RabbitMQ, Redis or Valkey, OpenSearch or Elasticsearch, each one node with authentication on. `shared`
 * layouts make one Redis and one search node; `separate` ones make a Redis each for mozart and metrics, and a search
 * node each for mozart, grq and metrics. An object store is among them where the settings ask for one.
 */
export class InClusterBackends extends pulumi.ComponentResource implements Backends {
    public readonly broker: Endpoint;
    public readonly brokerManagement: Endpoint;
    public readonly resultStore: Endpoint;
    public readonly metricsStore: Endpoint;
    public readonly search: SearchEndpoints;
    public readonly objectStore?: ObjectStore;
    public readonly ready: readonly pulumi.Resource[];

    private readonly namespace: HysdsNamespace;

    constructor(
        private readonly name: string,
        private readonly args: InClusterBackendsArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:InClusterBackends", name, {}, opts);
        const { settings, platform } = args;
        this.namespace = platform.namespace(settings.hysds.storesNamespace, "restricted");

        const rabbitmq = new Rabbitmq(...this.storeArgs("rabbitmq"));
        this.broker = rabbitmq.broker;
        this.brokerManagement = rabbitmq.management;

        const [mozartRedis, metricsRedis] = this.createRedis();
        this.resultStore = mozartRedis.endpoint;
        this.metricsStore = metricsRedis.endpoint;

        const search = this.createSearch();
        this.search = {
            mozart: search.mozart.endpoint,
            grq: search.grq.endpoint,
            metrics: search.metrics.endpoint,
        };
        this.objectStore = this.createObjectStore();
        const objectStores =
            this.objectStore instanceof InClusterObjectStore ? [this.objectStore] : [];
        this.ready = [
            ...new Set([
                rabbitmq,
                mozartRedis,
                metricsRedis,
                ...Object.values(search),
                ...objectStores,
            ]),
        ].map((store) => store.ready);
        this.registerOutputs({ namespace: this.namespace.name });
    }

    private createRedis(): [mozart: Redis, metrics: Redis] {
        if (this.args.settings.backends.redis.layout === "shared") {
            const shared = new Redis(...this.storeArgs("redis"));
            return [shared, shared];
        }
        return [
            new Redis(...this.storeArgs("redis-mozart")),
            new Redis(...this.storeArgs("redis-metrics")),
        ];
    }

    private createSearch(): Record<keyof SearchEndpoints, Search> {
        if (this.args.settings.backends.search.layout === "shared") {
            const shared = new Search(...this.storeArgs("search"));
            return { mozart: shared, grq: shared, metrics: shared };
        }
        return {
            mozart: new Search(...this.storeArgs("search-mozart")),
            grq: new Search(...this.storeArgs("search-grq")),
            metrics: new Search(...this.storeArgs("search-metrics")),
        };
    }

    private createObjectStore(): ObjectStore | undefined {
        const { backends, hysds } = this.args.settings;
        const { objectStore } = backends;
        if (objectStore.kind !== "in-cluster") {
            return objectStore.kind === "external" ? externalObjectStore(objectStore) : undefined;
        }
        const [name, args, opts] = this.storeArgs("object-store");
        const { storageGiB } = objectStore;
        return new InClusterObjectStore(
            name,
            { ...args, storageGiB, buckets: hysds.datasetBuckets },
            opts,
        );
    }

    private storeArgs(store: string): ConstructorParameters<typeof Redis> {
        const { namespace, args, name } = this;
        return [`${name}-${store}`, { ...args, namespace, store }, { parent: this }] as const;
    }
}
