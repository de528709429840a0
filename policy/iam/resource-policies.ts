import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { eachAllowed, principals } from "../resources/policy-document";
import { ResourceCheck, rule } from "../rule";
import type { Settings } from "../setting";

export const resourcePolicies = rule({
    name: "resource-policies-closed",
    description:
        "Policies of keys and log groups admit named principals: with * and no condition they are open to every account.",
    reference: fsbp("KMS.5"),
    fix: "name the principal, or add a condition on aws:SourceAccount.",
    severity: "high",
})
    .checks(aws.kms.Key, (key, context) => checkPrincipals(() => key.policy, context))
    .checks(aws.cloudwatch.LogResourcePolicy, (logs, context) =>
        checkPrincipals(() => logs.policyDocument, context),
    );

function checkPrincipals(read: () => unknown, context: ResourceCheck<Settings>): void {
    eachAllowed(read, context, (statement) => {
        if (principals(statement).includes("*") && statement.Condition === undefined) {
            context.report("a statement allows the principal * without a condition");
        }
    });
}
