import { fsbp } from "../references";
import { checksGrants } from "../resources/iam-policies";
import { listed } from "../resources/policy-document";
import { rule } from "../rule";

export const wildcardActions = checksGrants(
    rule({
        name: "no-wildcard-actions",
        description:
            "Policies allow the actions that a workload uses: * and service:* grow with every action that AWS adds.",
        reference: fsbp("IAM.21"),
        fix: "list the actions that the workload calls.",
        severity: "high",
    }),
    (statement, { report }) => {
        for (const action of listed(statement.Action)) {
            if (/^(\*|[\w-]+:\*)$/.test(action)) {
                report(`a statement allows ${action}`);
            }
        }
        if (statement.NotAction !== undefined) {
            report("a statement allows every action but its NotAction");
        }
    },
);
