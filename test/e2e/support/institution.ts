import type { AccountOptions } from "../../../workshop/aws-simulation/account";

const permissionsBoundary = "arn:aws:iam::123456789012:policy/mission-boundary";

/** What the stack is told in the account of an institution. */
export const institutionConfig = {
    "hysds:iamPermissionsBoundary": permissionsBoundary,
    "hysds:iamRolePath": "/missions/science/",
    "hysds:iamRolePrefix": "mission-",
};

/** The account, which denies every role that is made otherwise. */
export const institutionAccount: Partial<AccountOptions> = {
    roleDemands: { permissionsBoundary, pathAndPrefix: "/missions/science/mission-" },
};

/** Whether a role has the institution's boundary. */
export function isBounded(inputs: Readonly<Record<string, unknown>>): boolean {
    return inputs.permissionsBoundary === permissionsBoundary;
}
