import * as aws from "@pulumi/aws";
import { document } from "../references";
import { eachAllowed, principals } from "../resources/policy-document";
import { rule } from "../rule";

export const trustPrincipals = rule({
    name: "trust-principals-named",
    description: "Roles trust named principals: with * any account of AWS may assume the role.",
    reference: document(
        "IAM, principals in trust policies",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    ),
    fix: "name the service, account or provider that may assume the role.",
    severity: "critical",
}).checks(aws.iam.Role, (role, context) => {
    eachAllowed(
        () => role.assumeRolePolicy,
        context,
        (statement) => {
            if (principals(statement).includes("*")) {
                context.report("the trust policy allows the principal *");
            }
        },
    );
});
