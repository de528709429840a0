import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";

export const minorUpgrades = rule({
    name: "automatic-minor-upgrades",
    description:
        "ElastiCache and Amazon MQ install minor versions by themselves, since those bring the security fixes.",
    reference: fsbp("ElastiCache.2"),
    fix: "set autoMinorVersionUpgrade to true.",
    severity: "medium",
})
    .checks(aws.elasticache.ReplicationGroup, (group, { report }) => {
        if (group.autoMinorVersionUpgrade !== true) {
            report("autoMinorVersionUpgrade is not true");
        }
    })
    .checks(aws.mq.Broker, (broker, { report }) => {
        if (broker.autoMinorVersionUpgrade !== true) {
            report("autoMinorVersionUpgrade is not true");
        }
    });
