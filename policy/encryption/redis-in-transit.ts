import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";

export const redisInTransit = rule({
    name: "redis-encrypted-in-transit",
    description:
        "ElastiCache replication groups accept TLS connections only: job results and the AUTH token cross the network.",
    reference: fsbp("ElastiCache.5"),
    fix: "set transitEncryptionEnabled to true and transitEncryptionMode to required.",
    severity: "high",
}).checks(aws.elasticache.ReplicationGroup, (group, { report, part }) => {
    part(() => {
        if (group.transitEncryptionEnabled !== true) {
            report("transitEncryptionEnabled is not true");
        }
    });
    part(() => {
        if (group.transitEncryptionMode === "preferred") {
            report("transitEncryptionMode preferred still admits connections without TLS");
        }
    });
});
