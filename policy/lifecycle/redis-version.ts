import * as aws from "@pulumi/aws";
import { document } from "../references";
import { supportOf } from "../resources/support";
import { rule } from "../rule";
import { supportSettings } from "./settings";

export const redisVersion = rule({
    name: "redis-version-supported",
    description:
        "ElastiCache runs an engine version in standard support, which gets security fixes without an extra charge.",
    reference: document(
        "ElastiCache engine versions",
        "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html",
    ),
    fix: "raise hysds:redisEngineVersion, or move to valkey by hysds:redisEngine.",
    severity: "medium",
    settings: supportSettings,
}).checks(
    aws.elasticache.ReplicationGroup,
    (group, { report, settings: { allowExtendedSupport, asOf } }) => {
        const { engineVersion, engine = "redis" } = group;
        if (engineVersion === undefined) {
            report("no engineVersion is set, so ElastiCache chooses one");
            return;
        }
        const { problem } = supportOf(engine, engineVersion, allowExtendedSupport, asOf);
        if (problem) {
            report(problem);
        }
    },
);
