import { resolvedEndpoint } from "../../../../components/backends/endpoint";
import { Scheme } from "../../../../components/settings/scheme";
import {
    ConfigurationInputs,
    SearchAddress,
    StoreAddress,
} from "../../../../components/hysds/configuration";
import { DatasetSettings, SearchEngine } from "../../../../components/settings/settings";

/** Values that are obviously no secrets, so that snapshots and failures may show them. */
export interface Passwords {
    readonly broker: string;
    readonly redis: string;
    readonly search: string;
}

export const disguised: Passwords = {
    broker: "disguised-broker-password",
    redis: "disguised-redis-password",
    search: "disguised-search-password",
};

interface Credentials {
    readonly username?: string;
    readonly password: string;
}

function store(
    scheme: Scheme,
    host: string,
    port: number,
    credentials?: Credentials,
): StoreAddress {
    return resolvedEndpoint({ scheme, host, port, ...credentials });
}

const common = {
    services: {
        mozart: "http://mozart.hysds.svc:8888",
        grq2: "http://grq2.hysds.svc:8878",
        pele: "http://pele.hysds.svc:8877",
        kibana: "http://kibana.hysds.svc:5601",
        flower: "http://flower.hysds.svc:5555",
    },
    secretKeys: { mozart: "disguised-mozart-key", pele: "disguised-pele-key" },
    clusterDomain: "cluster.local",
    venue: "test",
    jobQueues: ["system-jobs-queue", "purge_dataset", "disguised-pge"],
    jobTimeoutHours: 48,
};

/** AWS: TLS to every store, and a signing proxy that knows no credentials in front of search. */
export function managed(
    engine: SearchEngine = "elasticsearch",
    layout: "shared" | "separate" = "separate",
    passwords: Passwords = disguised,
): ConfigurationInputs {
    const broker = { username: "hysds", password: passwords.broker };
    const proxy = (part: string): SearchAddress => ({
        ...store("http", layout === "shared" ? "search" : `search-${part}`, 9200),
        engine,
        engineVersion: engine === "elasticsearch" ? "7.10" : "2.19",
    });
    return {
        ...common,
        broker: store("amqps", "b-1.mq.us-west-2.amazonaws.com", 5671, broker),
        brokerManagement: store("https", "b-1.mq.us-west-2.amazonaws.com", 443, broker),
        resultStore: store("rediss", "results.cache.amazonaws.com", 6379, {
            password: passwords.redis,
        }),
        metricsStore: store("rediss", "metrics.cache.amazonaws.com", 6379, {
            password: passwords.redis,
        }),
        search: { mozart: proxy("mozart"), grq: proxy("grq"), metrics: proxy("metrics") },
        externalUrl: "https://hysds.example.org",
        containerEngine: "podman",
        containerRegistry: "123456789012.dkr.ecr.us-west-2.amazonaws.com/hysds",
        region: "us-west-2",
        datasetBuckets: ["disguised-datasets"],
        identityVariables: ["AWS_REGION", "AWS_ROLE_ARN"],
        datasets: [],
    };
}

/** StatefulSets in the cluster: no TLS, and a password of its own on every store. */
export function inCluster(
    engine: SearchEngine = "opensearch",
    passwords: Passwords = disguised,
    layout: "shared" | "separate" = "shared",
): ConfigurationInputs {
    const broker = { username: "hysds", password: passwords.broker };
    const own = (name: string, part: string) => (layout === "shared" ? name : `${name}-${part}`);
    const redis = (part: string) =>
        store("redis", `${own("redis", part)}.stores.svc`, 6379, {
            password: own(passwords.redis, part),
        });
    const search = (part: string): SearchAddress => ({
        ...store("http", `${own("search", part)}.stores.svc`, 9200, {
            username: "admin",
            password: own(passwords.search, part),
        }),
        engine,
        engineVersion: engine === "elasticsearch" ? "7.10" : "2.19",
    });
    return {
        ...common,
        broker: store("amqp", "rabbitmq.stores.svc", 5672, broker),
        brokerManagement: store("http", "rabbitmq.stores.svc", 15672, broker),
        resultStore: redis("mozart"),
        metricsStore: redis("metrics"),
        search: { mozart: search("mozart"), grq: search("grq"), metrics: search("metrics") },
        containerEngine: "docker",
        containerRegistry: "registry.example.org/hysds",
        region: "local",
        datasetBuckets: [],
        identityVariables: [],
        datasets: [],
    };
}

/** A type of datasets that has all that HySDS reads of one. */
export const EVERY_DATASET_KEY: DatasetSettings = {
    ipath: "sar::data/gunw",
    version: "v1.0",
    level: "l2",
    type: "gunw",
    match_pattern: "/(?P<id>S1-GUNW-(?P<date>\\d{8})-.+)$",
    alt_match_pattern: "(?P<tile>\\w+)\\.nc$",
    extractor: "/opt/sar/extract.sh",
    priority: 5,
    index: { suffix: "gunw-2026", aliases: ["gunw"] },
    publish: {
        location: "s3://s3.us-west-2.amazonaws.com:80/scenes/{type}/{date}/{id}",
        urls: ["https://scenes.example.org/{type}/{date}/{id}"],
        "s3-profile-name": "scenes",
        "s3-acl": "bucket-owner-read",
    },
    browse: {
        location: "s3://s3.us-west-2.amazonaws.com:80/pictures/{type}/{date}/{id}",
        urls: ["https://pictures.example.org/{type}/{date}/{id}"],
        "s3-profile-name": "pictures",
        "s3-acl": "bucket-owner-read",
        sort_order: ["amplitude", "phase"],
    },
};

/** Servers that are there: TLS and a password everywhere. */
export function external(engine: SearchEngine = "opensearch"): ConfigurationInputs {
    const broker = { username: "hysds", password: disguised.broker };
    const redis = store("rediss", "redis.example.org", 6380, { password: disguised.redis });
    const search: SearchAddress = {
        ...store("https", "search.example.org", 9243, {
            username: "science",
            password: disguised.search,
        }),
        engine,
        engineVersion: engine === "elasticsearch" ? "7.10" : "2.19",
    };
    return {
        ...inCluster(engine),
        broker: store("amqps", "rabbitmq.example.org", 5671, broker),
        brokerManagement: store("https", "rabbitmq.example.org", 15671, broker),
        resultStore: redis,
        metricsStore: redis,
        search: { mozart: search, grq: search, metrics: search },
    };
}

/** Every variant that a stack can be, by a name for the test. */
export const variants: readonly (readonly [string, ConfigurationInputs])[] = [
    ["managed elasticsearch, three clusters", managed("elasticsearch", "separate")],
    ["managed opensearch, one cluster", managed("opensearch", "shared")],
    ["in-cluster opensearch", inCluster("opensearch")],
    ["in-cluster elasticsearch", inCluster("elasticsearch")],
    ["in-cluster opensearch, a store each", inCluster("opensearch", disguised, "separate")],
    ["in-cluster elasticsearch, a store each", inCluster("elasticsearch", disguised, "separate")],
    ["external opensearch", external("opensearch")],
    ["external elasticsearch", external("elasticsearch")],
];
