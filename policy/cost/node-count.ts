import * as aws from "@pulumi/aws";
import { document } from "../references";
import { rule } from "../rule";
import { count } from "../setting";

export const nodeCount = rule({
    name: "node-count",
    description:
        "A node group has a ceiling that the environment is budgeted for: a runaway queue otherwise scales until the account's limit.",
    reference: document(
        "Well-Architected COST09-BP03",
        "https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/cost_manage_demand_resources_dynamic.html",
    ),
    fix: "lower hysds:serviceNodeMaxSize or hysds:jobNodeMaxSize, or raise maxNodes.",
    severity: "medium",
    settings: { maxNodes: count("Most nodes of one group.", 100) },
    values: { dev: { maxNodes: 20 } },
}).checks(aws.eks.NodeGroup, (group, { report, settings: { maxNodes } }) => {
    const { maxSize } = group.scalingConfig;
    if (maxSize > maxNodes) {
        report(`scalingConfig.maxSize is ${maxSize}, more than ${maxNodes}`);
    }
});
