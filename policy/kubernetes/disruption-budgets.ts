import * as k8s from "@pulumi/kubernetes";
import { document } from "../references";
import { selectsPodsOf } from "../resources/selectors";
import { rule } from "../rule";

export const disruptionBudgets = rule({
    name: "disruption-budget",
    description:
        "What has several replicas has a PodDisruptionBudget: an upgrade of the nodes otherwise drains all of them at once.",
    reference: document(
        "Kubernetes PodDisruptionBudget",
        "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
    ),
    fix: "add a PodDisruptionBudget with the workload's selector (disruptionBudget in components/kubernetes).",
    severity: "medium",
}).checksStack((resources, { report, part }) => {
    const budgets = resources.filter((resource) =>
        resource.isType(k8s.policy.v1.PodDisruptionBudget),
    );
    for (const { isType, props, name, urn } of resources) {
        part(() => {
            const isWorkload = isType(k8s.apps.v1.Deployment) || isType(k8s.apps.v1.StatefulSet);
            const { replicas = 1 } = (isWorkload && (props.spec as { replicas?: number })) || {};
            if (replicas > 1 && !budgets.some((budget) => selectsPodsOf(budget.props, props))) {
                report(`${name} has ${replicas} replicas and no PodDisruptionBudget`, urn);
            }
        });
    }
});
