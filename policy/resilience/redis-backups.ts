import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";
import { count } from "../setting";

export const redisBackups = rule({
    name: "redis-backups",
    description:
        "ElastiCache keeps daily snapshots: after a mistaken FLUSHALL there is nothing else to restore from.",
    reference: fsbp("ElastiCache.1"),
    fix: "raise hysds:redisSnapshotRetentionDays.",
    severity: "high",
    settings: { minDays: count("Minimum number of daily snapshots that are kept.", 7) },
    values: { dev: { minDays: 1 } },
}).checks(aws.elasticache.ReplicationGroup, (group, { report, settings: { minDays } }) => {
    const days = group.snapshotRetentionLimit ?? 0;
    if (days < minDays) {
        report(`snapshotRetentionLimit is ${days}, less than ${minDays}`);
    }
});
