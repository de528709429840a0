import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";

export const redisAtRest = rule({
    name: "redis-encrypted-at-rest",
    description:
        "ElastiCache replication groups encrypt their data at rest, so that snapshots and swap of job results cannot be read off a disk.",
    reference: fsbp("ElastiCache.4"),
    fix: "set atRestEncryptionEnabled to true (a change replaces the replication group).",
    severity: "high",
}).checks(aws.elasticache.ReplicationGroup, (group, { report }) => {
    if (group.atRestEncryptionEnabled !== true) {
        report("atRestEncryptionEnabled is not true");
    }
});
