import * as aws from "@pulumi/aws";
import { document } from "../references";
import { Statement, eachAllowed, listed } from "../resources/policy-document";
import { rule } from "../rule";

export const workloadSubject = rule({
    name: "workload-role-subject",
    description:
        "A role for a ServiceAccount names that one account: without a condition on sub every pod of the cluster may assume it.",
    reference: document(
        "IAM roles for service accounts",
        "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
    ),
    fix: "add StringEquals conditions on the issuer's :sub (system:serviceaccount:namespace:name) and :aud (sts.amazonaws.com).",
    severity: "critical",
}).checks(aws.iam.Role, (role, context) => {
    eachAllowed(
        () => role.assumeRolePolicy,
        context,
        (statement) => {
            if (listed(statement.Action).includes("sts:AssumeRoleWithWebIdentity")) {
                for (const claim of [":sub", ":aud"]) {
                    if (!isPinned(statement, claim)) {
                        context.report(`the trust policy has no exact condition on ${claim}`);
                    }
                }
            }
        },
    );
});

function isPinned({ Condition }: Statement, claim: string): boolean {
    const equals = { ...Condition?.StringEquals, ...Condition?.StringLike };
    return Object.entries(equals).some(
        ([key, values]) =>
            key.endsWith(claim) && listed(values).every((value) => !value.includes("*")),
    );
}
