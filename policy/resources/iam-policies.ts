import * as aws from "@pulumi/aws";
import type { ResourceCheck, Rule } from "../rule";
import type { Settings } from "../setting";
import { Statement, eachAllowed } from "./policy-document";

/** Adds the check to every statement that grants permissions to a role: inline, attached, and of the role itself. */
export function checksGrants<S extends Settings>(
    rule: Rule<S>,
    check: (statement: Statement, context: ResourceCheck<S>) => void,
): Rule<S> {
    return rule
        .checks(aws.iam.RolePolicy, (role, context) =>
            eachAllowed(
                () => role.policy,
                context,
                (statement) => check(statement, context),
            ),
        )
        .checks(aws.iam.Policy, (policy, context) =>
            eachAllowed(
                () => policy.policy,
                context,
                (statement) => check(statement, context),
            ),
        )
        .checks(aws.iam.Role, (role, context) =>
            context.each(role.inlinePolicies, (inline) =>
                eachAllowed(
                    () => inline.policy,
                    context,
                    (statement) => check(statement, context),
                ),
            ),
        );
}
