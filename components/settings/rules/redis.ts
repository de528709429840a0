import { redisVersions } from "../limits/redis";
import { Rule, rule, set } from "./rule";

/** Rules about Redis and Valkey. */
export const redisRules: readonly Rule[] = [
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
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
    rule("failover-needs-a-replica", ["redisAutomaticFailover", "redisNodeCount"], (values) =>
        values.redisAutomaticFailover && values.redisNodeCount < 2
            ? [
                  {
                      at: "redisNodeCount",
                      reason: "redisAutomaticFailover is on, and there is no replica to promote",
                      allowed: "2 to 6",
                      fixes: [set("redisNodeCount", 2)],
                  },
              ]
            : [],
    ),
];
