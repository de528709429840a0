import { EVENT_LISTS } from "../../../../contract/event-lists";
import { AlarmRow, metricsOf, Sizes } from "../alarm";
import { cacheNodeVcpus } from "../sizes";

const cache = metricsOf("AWS/ElastiCache");

const GUIDE =
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html";
const METRICS = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html";

const MEMORY_TELLS = "redis-memory tells of a node that is silent";

const vcpus = ({ settings }: Sizes): number => cacheNodeVcpus(settings.backends.redis.nodeType);

/** ElastiCache node by node, and Redis in the cluster. */
export const CACHE_ALARMS: readonly AlarmRow[] = [
    {
        name: "redis-memory",
        watched: "cache-node",
        severity: "critical",
        meaning:
            "Redis nears its memory limit. It evicts nothing (noeviction): at the limit it refuses writes, and results and events are lost.",
        action: `LLEN of ${Object.values(EVENT_LISTS).join(", ")}: a long list means that an indexer stands still. Otherwise take a larger hysds:redisNodeType.`,
        source: METRICS,
        cloudwatch: {
            metrics: { memory: cache("DatabaseMemoryUsagePercentage", "Maximum") },
            comparison: ">=",
            threshold: 80,
            unit: "%",
            periodSeconds: 300,
            periods: 3,
            missing: "breaching",
            missingBecause: "a node that lives reports each minute: silence is an outage",
        },
        prometheus: {
            expression: ({ services }) =>
                `redis_memory_used_bytes{namespace="${services}"} / (redis_memory_max_bytes > 0) > 0.8`,
            duration: "15m",
        },
    },
    {
        name: "redis-evictions",
        watched: "cache-node",
        severity: "critical",
        meaning:
            "Redis threw away entries. With noeviction it never does: its parameter group is not the stack's.",
        action: "pulumi refresh, then pulumi up: maxmemory-policy must be noeviction. Jobs whose results are gone show as running: reconcile them with hysds-ops job list.",
        source: GUIDE,
        cloudwatch: {
            metrics: { evictions: cache("Evictions", "Sum") },
            comparison: ">=",
            threshold: 1,
            unit: "",
            periodSeconds: 300,
            periods: 1,
            missing: "notBreaching",
            missingBecause: MEMORY_TELLS,
        },
        prometheus: {
            expression: ({ services }) =>
                `increase(redis_evicted_keys_total{namespace="${services}"}[15m]) > 0`,
            duration: "0m",
        },
    },
    {
        name: "redis-cpu",
        watched: "cache-node",
        severity: "warning",
        meaning: "The one thread that executes commands has no time left: every client waits.",
        action: "Read the slow log (/aws/vendedlogs/elasticache/…/slow-log); then take a larger hysds:redisNodeType of a faster family.",
        source: GUIDE,
        cloudwatch: {
            metrics: { cpu: cache("CPUUtilization", "Average") },
            comparison: ">=",
            threshold: {
                of: (sizes) => 90 / vcpus(sizes),
                words: "90% of one vCPU of `redisNodeType`",
            },
            unit: "%",
            periodSeconds: 300,
            periods: 3,
            missing: "ignore",
            missingBecause: MEMORY_TELLS,
            applies: (sizes) => vcpus(sizes) <= 2,
        },
    },
    {
        name: "redis-engine-cpu",
        watched: "cache-node",
        severity: "warning",
        meaning: "The one thread that executes commands has no time left: every client waits.",
        action: "Read the slow log (/aws/vendedlogs/elasticache/…/slow-log); then take a larger hysds:redisNodeType of a faster family.",
        source: GUIDE,
        cloudwatch: {
            metrics: { cpu: cache("EngineCPUUtilization", "Average") },
            comparison: ">=",
            threshold: 90,
            unit: "%",
            periodSeconds: 300,
            periods: 3,
            missing: "ignore",
            missingBecause: MEMORY_TELLS,
            applies: (sizes) => vcpus(sizes) > 2,
        },
    },
    {
        name: "redis-swap",
        watched: "cache-node",
        severity: "warning",
        meaning: "The node swaps: it has too little memory beside the data, and answers slowly.",
        action: "Take a larger hysds:redisNodeType; snapshots need memory for a copy of what changes meanwhile.",
        source: GUIDE,
        cloudwatch: {
            metrics: { swap: cache("SwapUsage", "Maximum") },
            comparison: ">=",
            threshold: 50 * 1024 * 1024,
            unit: "bytes",
            periodSeconds: 300,
            periods: 3,
            missing: "ignore",
            missingBecause: MEMORY_TELLS,
        },
    },
    {
        name: "redis-connections",
        watched: "cache-node",
        severity: "warning",
        meaning: "Redis nears the most connections it takes (65,000 on ElastiCache).",
        action: "kubectl get pods --all-namespaces: look for workers in a crash loop, and for a service whose connections only grow.",
        source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html",
        cloudwatch: {
            metrics: { connections: cache("CurrConnections", "Maximum") },
            comparison: ">=",
            threshold: 52_000,
            unit: "",
            periodSeconds: 300,
            periods: 3,
            missing: "ignore",
            missingBecause: MEMORY_TELLS,
        },
        prometheus: {
            expression: ({ services }) =>
                `redis_connected_clients{namespace="${services}"} / redis_config_maxclients > 0.8`,
            duration: "15m",
        },
    },
    {
        name: "redis-replication-lag",
        watched: "cache-node",
        severity: "warning",
        meaning: "A replica is behind: a failover now would lose what it has not received.",
        action: "Compare ReplicationBytes with the network limit of hysds:redisNodeType; a burst passes, a lag that stays asks for a larger node.",
        source: METRICS,
        cloudwatch: {
            metrics: { lag: cache("ReplicationLag", "Maximum") },
            comparison: ">=",
            threshold: 30,
            unit: "s",
            periodSeconds: 60,
            periods: 5,
            missing: "notBreaching",
            missingBecause:
                "replicas alone report it, and which node is one changes with a failover",
            applies: ({ settings }) => settings.backends.redis.nodeCount > 1,
        },
        prometheus: {
            expression: ({ services }) =>
                `redis_connected_slave_lag_seconds{namespace="${services}"} > 30`,
            duration: "5m",
        },
    },
];
