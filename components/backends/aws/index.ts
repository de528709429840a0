import * as pulumi from "@pulumi/pulumi";
import { NetworkFacts, Platform } from "../../platform/platform";
import { tagging } from "../../platform/aws/tags";
import { Settings } from "../../settings/settings";
import { Backends, ManagedStores, SearchEndpoints } from "../backends";
import { Endpoint } from "../endpoint";
import { AmazonMq } from "./amazon-mq";
import { ElastiCache } from "./elasticache";
import { SearchDomains } from "./search-domains";

export interface ManagedBackendsArgs {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly network: NetworkFacts;
    /** Of the stores' logs in CloudWatch, days. */
    readonly logRetentionDays: number;
}

/**
 * The stores of HySDS as AWS services: ElastiCache, Amazon MQ for RabbitMQ and Amazon OpenSearch Service. They need the
 * network only, so they are created beside the EKS cluster; the signing proxies of the search domains run in it.
 *
 * The result store keeps its name in both layouts, so going from `shared` to `separate` only adds the metrics store.
 */
export class ManagedBackends extends pulumi.ComponentResource implements Backends {
    public readonly broker: Endpoint;
    public readonly brokerManagement: Endpoint;
    public readonly resultStore: Endpoint;
    public readonly metricsStore: Endpoint;
    public readonly search: SearchEndpoints;
    public readonly managed: ManagedStores;
    public readonly ready: readonly pulumi.Resource[];

    /** @param name start of the names of all resources, at most 20 characters */
    constructor(name: string, args: ManagedBackendsArgs, opts?: pulumi.ComponentResourceOptions) {
        super(
            "hysds:component:ManagedBackends",
            name,
            {},
            {
                ...opts,
                transformations: [tagging(args.settings.tags)],
            },
        );
        const { settings, platform } = args;
        const child = { parent: this };
        const broker = new AmazonMq(`${name}-rabbitmq`, args, child);
        this.broker = broker.broker;
        this.brokerManagement = broker.management;

        const results = new ElastiCache(`${name}-redis`, args, child);
        const metrics =
            settings.backends.redis.layout === "shared"
                ? results
                : new ElastiCache(`${name}-redis-metrics`, args, child);
        this.resultStore = results.endpoint;
        this.metricsStore = metrics.endpoint;

        const namespace = platform.namespace(settings.hysds.namespace, "restricted");
        const search = new SearchDomains(name, { ...args, namespace }, child);
        this.search = search.endpoints;
        this.managed = {
            broker: broker.brokerName,
            cacheNodes: {
                redis: results.nodes,
                ...(metrics === results ? {} : { "redis-metrics": metrics.nodes }),
            },
            domains: search.domainNames,
        };
        this.ready = [broker, ...new Set([results, metrics]), search];
        this.registerOutputs({});
    }
}
