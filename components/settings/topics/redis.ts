import { z } from "zod";
import { Fields, fields } from "../fields";
import { key, topicKeys } from "../key";
import { redisNodeType, redisVersions } from "../limits/redis";
import { refuse, Rule, rule, set } from "../rule";
import type { Values } from "../schema";
import { redisLocation, RedisLocation } from "./external-stores";
import { notOffered } from "./instance-offers";
import { isOnAws, placeKeys, where } from "./stores";

const MANAGED = where("redis", "aws");
const IN_CLUSTER = where("redis", "in-cluster");
const OF_THE_STACK = [...MANAGED, ...IN_CLUSTER];

/** Keys about Redis or Valkey. */
export const keys = topicKeys("Redis", {
    redisEngine: key(z.enum(["redis", "valkey"]), {
        default: "valkey",
        description: "Engine of the result and metrics stores. Valkey speaks Redis and costs less.",
        requires: OF_THE_STACK,
    }),
    redisEngineVersion: key(z.string(), {
        default: "8.1",
        description: "Version of the engine.",
        allowed: `valkey: ${redisVersions.valkey.join(", ")}; redis: ${redisVersions.redis.join(", ")}`,
        requires: OF_THE_STACK,
    }),
    redisNodeType: key(z.string().regex(redisNodeType), {
        default: "cache.t4g.small",
        description: "ElastiCache node type.",
        allowed: "a cache. node type of the t3, t4g, m5 to m8g, r5 to r8g or c7gn family",
        requires: MANAGED,
    }),
    redisNodeCount: key(z.int().min(1).max(6), {
        default: 1,
        description: "Nodes of each replication group: the primary and its replicas.",
        requires: MANAGED,
    }),
    redisAutomaticFailover: key(z.boolean(), {
        default: false,
        description: "Promote a replica in another zone when the primary fails.",
        requires: MANAGED,
    }),
    redisSnapshotRetentionDays: key(z.int().min(0).max(35), {
        default: 1,
        description: "Daily snapshots kept, days; 0 takes none.",
        requires: MANAGED,
    }),
    redisLayout: key(z.enum(["shared", "separate"]), {
        default: "shared",
        description: "One store for results and metrics, or one for each.",
    }),
    redisStorageGiB: key(z.int().min(1).max(1024), {
        default: 8,
        description: "Volume of an in-cluster store, GiB.",
        requires: IN_CLUSTER,
    }),
});

/** Rules about Redis and Valkey. */
export const rules: readonly Rule[] = [
    rule("redis-version-of-engine", ["redisEngine", "redisEngineVersion"], (values) => {
        const versions: readonly string[] = redisVersions[values.redisEngine];
        return versions.includes(values.redisEngineVersion)
            ? []
            : [
                  {
                      at: "redisEngineVersion",
                      reason: `there is no such version of ${values.redisEngine} (in a stack file it needs quotes)`,
                      allowed: versions.join(", "),
                      fixes: [set("redisEngineVersion", versions.at(-1) ?? "")],
                  },
              ];
    }),
    rule("redis-nodes-are-offered", ["redisNodeType", ...placeKeys("redis")], (values, context) =>
        isOnAws(values, "redis")
            ? notOffered("elasticache", "redisNodeType", values.redisNodeType, context)
            : [],
    ),
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
    refuse(
        "failover-needs-a-replica",
        ["redisAutomaticFailover", "redisNodeCount"],
        (values) => values.redisAutomaticFailover && values.redisNodeCount < 2,
        {
            at: "redisNodeCount",
            reason: "redisAutomaticFailover is on, and there is no replica to promote",
            allowed: "2 to 6",
            fixes: [set("redisNodeCount", 2)],
        },
    ),
];

/** The stores of job results and of metrics. `nodeCount` includes the primary; `storageGiB` is the in-cluster volume. */
export type RedisSettings = Fields<"redis", typeof keys> & { readonly location: RedisLocation };

/** Redis as its keys have it. */
export function redisSettings(values: Values): RedisSettings {
    return { ...fields(values, "redis", keys), location: redisLocation(values) };
}
