import { z } from "zod";
import * as rabbitmq from "../limits/rabbitmq";
import * as redis from "../limits/redis";
import * as search from "../limits/search";
import { key } from "./key";

/** The key that chooses between managed and in-cluster stores. */
export const storeKeys = {
    backends: key(z.enum(["managed", "in-cluster"]), {
        group: "Stores",
        default: "managed",
        description:
            "Where the data is: managed uses ElastiCache, Amazon MQ and OpenSearch Service; in-cluster uses StatefulSets.",
    }),
};

/** Keys about Redis or Valkey. */
export const redisKeys = {
    redisEngine: key(z.enum(["redis", "valkey"]), {
        group: "Redis",
        default: "valkey",
        description: "Engine of the result and metrics stores. Valkey speaks Redis and costs less.",
    }),
    redisEngineVersion: key(z.string(), {
        group: "Redis",
        default: "8.1",
        description: "Version of the engine.",
        allowed: `valkey: ${redis.redisVersions.valkey.join(", ")}; redis: ${redis.redisVersions.redis.join(", ")}`,
    }),
    redisNodeType: key(z.string().regex(redis.redisNodeType), {
        group: "Redis",
        default: "cache.t4g.small",
        description: "ElastiCache node type.",
        allowed: "a cache. node type of the t3, t4g, m5 to m7g, r5 to r7g or c7gn family",
        scope: "managed",
    }),
    redisNodeCount: key(z.int().min(1).max(6), {
        group: "Redis",
        default: 1,
        description: "Nodes of each replication group: the primary and its replicas.",
        scope: "managed",
    }),
    redisAutomaticFailover: key(z.boolean(), {
        group: "Redis",
        default: false,
        description: "Promote a replica in another zone when the primary fails.",
        scope: "managed",
    }),
    redisSnapshotRetentionDays: key(z.int().min(0).max(35), {
        group: "Redis",
        default: 1,
        description: "Daily snapshots kept, days; 0 takes none.",
        scope: "managed",
    }),
    redisLayout: key(z.enum(["shared", "separate"]), {
        group: "Redis",
        default: "shared",
        description: "One store for results and metrics, or one for each.",
    }),
    redisStorageGiB: key(z.int().min(1).max(1024), {
        group: "Redis",
        default: 8,
        description: "Volume of an in-cluster store, GiB.",
        scope: "in-cluster",
    }),
};

/** Keys about RabbitMQ. */
export const rabbitmqKeys = {
    rabbitmqEngineVersion: key(z.enum(rabbitmq.rabbitmqVersions), {
        group: "RabbitMQ",
        default: "3.13",
        description:
            "Version of RabbitMQ. 3.13 has classic queues with the ten priorities that HySDS asks for.",
    }),
    rabbitmqDeploymentMode: key(z.enum(["SINGLE_INSTANCE", "CLUSTER_MULTI_AZ"]), {
        group: "RabbitMQ",
        default: "SINGLE_INSTANCE",
        description: "One broker, or a cluster of three in three zones.",
        scope: "managed",
    }),
    rabbitmqInstanceType: key(z.enum(rabbitmq.rabbitmqInstanceTypes), {
        group: "RabbitMQ",
        default: "mq.m7g.large",
        description: "Amazon MQ instance type. mq.m7g.medium takes 100 connections only.",
        scope: "managed",
    }),
    rabbitmqUsername: key(z.string().regex(/^(?!guest$)[A-Za-z0-9._~-]{2,100}$/), {
        group: "RabbitMQ",
        default: "hysds",
        description:
            "User that HySDS connects as; its password is generated. A change replaces the broker.",
        allowed: "2 to 100 letters, digits and ._~-, other than guest",
    }),
    rabbitmqConsumerTimeoutHours: key(z.int().min(1).max(rabbitmq.maxConsumerTimeoutHours), {
        group: "RabbitMQ",
        default: 96,
        description:
            "RabbitMQ's consumer_timeout, hours. A job that takes longer is delivered a second time.",
    }),
    rabbitmqStorageGiB: key(z.int().min(1).max(1024), {
        group: "RabbitMQ",
        default: 8,
        description: "Volume of an in-cluster broker, GiB.",
        scope: "in-cluster",
    }),
};

/** Keys about the search clusters. */
export const searchKeys = {
    searchEngine: key(z.enum(["elasticsearch", "opensearch"]), {
        group: "Search",
        default: "opensearch",
        description:
            "Engine of the search clusters. Dashboards follow it: Kibana, or OpenSearch Dashboards.",
    }),
    searchEngineVersion: key(z.string(), {
        group: "Search",
        default: "2.19",
        description: "Version of the engine.",
        allowed: `opensearch: ${search.searchVersions.opensearch.join(", ")}; elasticsearch: ${search.searchVersions.elasticsearch.join(", ")}`,
    }),
    searchLayout: key(z.enum(["shared", "separate"]), {
        group: "Search",
        default: "shared",
        description: "One cluster for mozart, grq and metrics, or one for each.",
    }),
    searchInstanceType: key(z.string().regex(search.searchInstanceType), {
        group: "Search",
        default: "t3.medium.search",
        description: "Instance type of the data nodes.",
        allowed: "an OpenSearch Service instance type, which ends in .search",
        scope: "managed",
    }),
    searchInstanceCount: key(z.int().min(1).max(80), {
        group: "Search",
        default: 1,
        description: "Data nodes of each domain.",
        scope: "managed",
    }),
    searchAvailabilityZones: key(z.int().min(1).max(3), {
        group: "Search",
        default: 1,
        description: "Availability zones that the data nodes are spread over.",
        scope: "managed",
    }),
    searchDedicatedMasterCount: key(z.literal([0, 3]), {
        group: "Search",
        default: 0,
        description: "Dedicated master nodes of each domain.",
        scope: "managed",
    }),
    searchDedicatedMasterType: key(z.string().regex(search.searchInstanceType), {
        group: "Search",
        default: "m6g.large.search",
        description: "Instance type of the dedicated master nodes.",
        allowed: "an OpenSearch Service instance type, which ends in .search",
        scope: "managed",
    }),
    searchVolumeGiB: key(z.int().min(1).max(24576), {
        group: "Search",
        default: 100,
        description: "Volume of each data node (gp3 on AWS), GiB.",
    }),
    searchMemoryMiB: key(z.int().min(1024).max(65536), {
        group: "Search",
        default: 2048,
        description: "Memory of an in-cluster search container, MiB; the JVM heap is half of it.",
        scope: "in-cluster",
    }),
    searchCreateServiceLinkedRole: key(z.boolean(), {
        group: "Search",
        default: false,
        description:
            "Create the role AWSServiceRoleForAmazonOpenSearchService, which a domain in a VPC needs. An account has one: a second creation fails.",
        scope: "managed",
    }),
    signingProxy: key(z.enum(["aws-es-proxy", "aws-sigv4-proxy"]), {
        group: "Search",
        default: "aws-sigv4-proxy",
        description: "Program that signs requests to the domains.",
        scope: "managed",
    }),
    signingProxyReplicas: key(z.int().min(1).max(20), {
        group: "Search",
        default: 2,
        description: "Signing proxies for each domain.",
        scope: "managed",
    }),
    signingProxyTimeoutSeconds: key(z.int().min(15).max(3600), {
        group: "Search",
        default: 300,
        description: "How long one request to a domain may take, seconds.",
        scope: "managed",
    }),
};
