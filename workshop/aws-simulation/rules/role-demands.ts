import { SimulatedAccount } from "../account";
import { text } from "../resources/row";
import { Rule, RuleContext } from "./rule";

const ROLE = "aws:iam/role:Role";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html#access-denied-scp-examples */
function denied(account: SimulatedAccount, action: string, role: string): string {
    const caller = account.arn("sts", "assumed-role/engineer/session", "global");
    return (
        `operation error IAM: ${action}, https response error StatusCode: 403, api error AccessDenied: User: ${caller} ` +
        `is not authorized to perform: iam:${action} on resource: ${account.arn("iam", `role${role}`, "global")} ` +
        "with an explicit deny in a service control policy"
    );
}

/** Path and name of a role, as its ARN has them. */
function pathAndName({ inputs }: RuleContext): string {
    return (text(inputs, "path") || "/") + text(inputs, "name");
}

function lacksBoundary({ account, inputs }: RuleContext): boolean {
    const demanded = account.roleDemands?.permissionsBoundary;
    return demanded !== undefined && text(inputs, "permissionsBoundary") !== demanded;
}

/**
 * The service control policy of an institution, which denies roles without its boundary by `iam:PermissionsBoundary`
 * and roles elsewhere by `NotResource`
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate).
 */
export const roleDemandRules: readonly Rule[] = [
    {
        name: "role without the boundary that is demanded",
        type: ROLE,
        at: "create",
        refusal: (context) =>
            lacksBoundary(context)
                ? denied(context.account, "CreateRole", pathAndName(context))
                : undefined,
    },
    {
        name: "role that has another path or name than is demanded",
        type: ROLE,
        at: "create",
        refusal: (context) =>
            pathAndName(context).startsWith(context.account.roleDemands?.pathAndPrefix ?? "")
                ? undefined
                : denied(context.account, "CreateRole", pathAndName(context)),
    },
    {
        name: "boundary that is taken away",
        type: ROLE,
        at: "update",
        refusal: (context) =>
            lacksBoundary(context)
                ? denied(
                      context.account,
                      text(context.inputs, "permissionsBoundary")
                          ? "PutRolePermissionsBoundary"
                          : "DeleteRolePermissionsBoundary",
                      pathAndName(context),
                  )
                : undefined,
    },
];
