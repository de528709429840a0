import * as k8s from "@pulumi/kubernetes";
import { cisEks } from "../references";
import { Inputs, ResourceCheck, rule } from "../rule";
import type { Settings } from "../setting";

type PolicyRule = Inputs<k8s.types.input.rbac.v1.PolicyRule>;

export const rbacWildcards = rule({
    name: "no-rbac-wildcards",
    description:
        "Roles list what they allow: * reads every Secret of the namespace, and those of resources to come.",
    reference: cisEks("4.1.3"),
    fix: "list the API groups, resources and verbs.",
    severity: "high",
})
    .checks(k8s.rbac.v1.Role, ({ rules }, context) => checkRules(rules, context))
    .checks(k8s.rbac.v1.ClusterRole, ({ rules }, context) => checkRules(rules, context));

function checkRules(
    rules: readonly PolicyRule[] | undefined,
    { report, each }: ResourceCheck<Settings>,
): void {
    each(rules, ({ verbs, resources }) => {
        if ([...verbs, ...(resources ?? [])].includes("*")) {
            report("a rule of the role allows *");
        }
    });
}
