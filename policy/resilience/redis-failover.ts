import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";

export const redisFailover = rule({
    name: "redis-multi-zone",
    description:
        "A replica in another zone takes over when ElastiCache's primary fails: job results live nowhere else.",
    reference: fsbp("ElastiCache.3"),
    fix: "pulumi config set hysds:redisAutomaticFailover true, with hysds:redisNodeCount 2 or more.",
    severity: "high",
    enforcement: { dev: "disabled" },
}).checks(aws.elasticache.ReplicationGroup, (group, { report, part }) => {
    part(() => {
        if (group.automaticFailoverEnabled !== true) {
            report("automaticFailoverEnabled is not true");
        }
    });
    part(() => {
        if (group.multiAzEnabled !== true) {
            report("multiAzEnabled is not true");
        }
    });
});
