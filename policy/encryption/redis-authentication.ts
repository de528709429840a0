import * as aws from "@pulumi/aws";
import { isGiven } from "../examination";
import { fsbp } from "../references";
import { rule } from "../rule";

export const redisAuthentication = rule({
    name: "redis-authentication",
    description:
        "Clients of ElastiCache authenticate: a security group alone lets every pod of the cluster write Celery results.",
    reference: fsbp("ElastiCache.6"),
    fix: "give the replication group an authToken or userGroupIds.",
    severity: "high",
}).checks(aws.elasticache.ReplicationGroup, (group, { report }) => {
    if (!isGiven(group, "authToken") && !isGiven(group, "userGroupIds")) {
        report("there is neither an authToken nor userGroupIds");
    }
});
