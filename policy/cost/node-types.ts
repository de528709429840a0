import * as aws from "@pulumi/aws";
import { document } from "../references";
import { familyOf, isLarger } from "../resources/instance-size";
import { rule } from "../rule";
import { text, texts } from "../setting";

export const nodeTypes = rule({
    name: "node-instance-types",
    description:
        "Nodes are of sizes and families that the environment is budgeted for; one wrong letter in an instance type costs thousands a month.",
    reference: document(
        "Well-Architected COST06-BP01",
        "https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/cost_type_size_number_resources_cost_modeling.html",
    ),
    fix: "choose smaller types in hysds:serviceNodeInstanceTypes and hysds:jobNodeInstanceTypes, or raise largestSize.",
    severity: "medium",
    settings: {
        largestSize: text("Largest size of a node.", "8xlarge"),
        refusedFamilies: texts("Families that are refused: accelerators and high memory.", [
            "dl",
            "g",
            "hpc",
            "inf",
            "p",
            "trn",
            "u",
            "x",
        ]),
    },
    values: { dev: { largestSize: "2xlarge" } },
}).checks(aws.eks.NodeGroup, (group, { report, each, settings }) => {
    each(group.instanceTypes, (type) => {
        if (settings.refusedFamilies.includes(familyOf(type))) {
            report(`instance type ${type} is of a refused family`);
        } else if (isLarger(type, settings.largestSize)) {
            report(`instance type ${type} is larger than ${settings.largestSize}`);
        }
    });
});
