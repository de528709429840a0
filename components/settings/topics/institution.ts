import { given, key, optional, topicKeys } from "../key";
import { managedPolicy, rolePath, rolePrefix } from "../limits/iam";
import { Rule, rule } from "../rule";
import type { Values } from "../schema";
import { ON_AWS } from "./general";
import { inPartition } from "./partition";

/** Keys about what an institution demands of those who use its account. */
export const keys = topicKeys("Institution", {
    iamPermissionsBoundary: key(optional(managedPolicy), {
        default: "",
        description:
            "Permissions boundary of every IAM role that the stack makes. A change reaches the roles of a running stack in place.",
        allowed: "empty, or arn:<aws|aws-us-gov|aws-cn>:iam::<account>:policy/<name>",
        example: "arn:aws:iam::123456789012:policy/hysds-boundary",
        requires: ON_AWS,
    }),
    iamRolePath: key(optional(rolePath), {
        default: "",
        description:
            "Path of every IAM role that the stack makes. AWS can't change it: roles of a running stack keep theirs, and new ones get this. Empty: /.",
        allowed: "empty, or at most 512 characters that begin and end with /, such as /hysds/",
        example: "/hysds/",
        requires: ON_AWS,
    }),
    iamRolePrefix: key(optional(rolePrefix), {
        default: "",
        description:
            "Start of the name of every IAM role that the stack makes, before namePrefix. AWS can't change it: roles of a running stack keep theirs, and new ones get this. A name that grows past 64 characters is shortened.",
        allowed: "empty, or at most 32 letters, digits and _+=,.@-",
        example: "mission-",
        requires: ON_AWS,
    }),
});

/** Rules about what an institution demands. */
export const rules: readonly Rule[] = [
    rule(
        "boundary-is-of-the-partition",
        ["iamPermissionsBoundary"],
        ({ iamPermissionsBoundary }, { region }) =>
            inPartition("iamPermissionsBoundary", iamPermissionsBoundary, region),
    ),
];

/** What every IAM role of the stack has. */
export interface RoleSettings {
    /** ARN of the policy that bounds what the role may do. */
    readonly permissionsBoundary?: string;
    readonly path?: string;
    /** Start of the name, before that which the program gives the role. */
    readonly prefix?: string;
    /** Region of the stack: roles belong to an account, where a stack of the same name may be in another region. */
    readonly region: string;
}

/** What IAM roles have, as its keys have it. */
export function roleSettings(values: Values, region = ""): RoleSettings {
    return {
        permissionsBoundary: given(values.iamPermissionsBoundary),
        path: given(values.iamRolePath),
        prefix: given(values.iamRolePrefix),
        region,
    };
}
