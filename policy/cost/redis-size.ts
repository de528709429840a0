import * as aws from "@pulumi/aws";
import { document } from "../references";
import { isLarger } from "../resources/instance-size";
import { rule } from "../rule";
import { count, text } from "../setting";

export const redisSize = rule({
    name: "redis-size",
    description:
        "ElastiCache has the node type and count that the environment is budgeted for; HySDS keeps little more than a queue in it.",
    reference: document("ElastiCache pricing", "https://aws.amazon.com/elasticache/pricing/"),
    fix: "choose a smaller hysds:redisNodeType or hysds:redisNodeCount, or raise the rule's values.",
    severity: "low",
    settings: {
        largestSize: text("Largest node size.", "2xlarge"),
        maxNodes: count("Most nodes of a replication group.", 6),
    },
    values: { dev: { largestSize: "medium", maxNodes: 2 } },
}).checks(
    aws.elasticache.ReplicationGroup,
    (group, { report, part, settings: { largestSize, maxNodes } }) => {
        part(() => {
            const type = group.nodeType ?? "";
            if (isLarger(type, largestSize)) {
                report(`nodeType ${type} is larger than ${largestSize}`);
            }
        });
        part(() => {
            const nodes = group.numCacheClusters ?? 1;
            if (nodes > maxNodes) {
                report(`numCacheClusters is ${nodes}, more than ${maxNodes}`);
            }
        });
    },
);
