import { document } from "../references";
import { checksGrants } from "../resources/iam-policies";
import { covers, listed } from "../resources/policy-document";
import { rule } from "../rule";

export const passRole = checksGrants(
    rule({
        name: "pass-role-restricted",
        description:
            "iam:PassRole names the roles that may be passed: with * whoever holds it becomes any role of the account by starting something with it.",
        reference: document(
            "IAM, granting permissions to pass a role",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
        ),
        fix: "name the ARNs of the roles as Resource, with a condition on iam:PassedToService.",
        severity: "critical",
    }),
    (statement, { report }) => {
        const passes = listed(statement.Action).some(
            (action) => action !== "*" && action !== "iam:*" && covers(action, "iam:PassRole"),
        );
        const anyRole = listed(statement.Resource).some((resource) =>
            /^(\*|arn:[\w-]+:iam::(\d*|\*):(\*|role\/\*))$/.test(resource),
        );
        if (passes && anyRole) {
            report("a statement allows iam:PassRole on every role");
        }
    },
);
