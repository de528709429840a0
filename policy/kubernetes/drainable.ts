import * as k8s from "@pulumi/kubernetes";
import { document } from "../references";
import { rule } from "../rule";

export const drainable = rule({
    name: "disruption-budget-lets-drain",
    description:
        "PodDisruptionBudgets let a pod go: one that allows no disruption blocks every upgrade of the nodes for ever.",
    reference: document(
        "EKS best practices, cluster upgrades",
        "https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html",
    ),
    fix: "set maxUnavailable to 1 or more instead of minAvailable.",
    severity: "medium",
}).checks(k8s.policy.v1.PodDisruptionBudget, ({ spec }, { report, part }) => {
    part(() => {
        if (/^0%?$/.test(String(spec?.maxUnavailable ?? ""))) {
            report("maxUnavailable is 0");
        }
    });
    part(() => {
        if (spec?.minAvailable === "100%") {
            report("minAvailable is 100%");
        }
    });
});
