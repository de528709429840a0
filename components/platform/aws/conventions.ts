import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { maxRoleName } from "../../settings/limits/iam";
import { RoleSettings, Settings } from "../../settings/settings";
import { isRead, tagging } from "./tags";

/** What holds for all that a stack makes in its account, whoever makes it. */
export type Conventions = Pick<Settings, "tags" | "roles">;

/** For the AWS resources below a component: the stack's tags, and what the institution demands of roles. */
export function conventions({ tags, roles }: Conventions): pulumi.ResourceTransformation[] {
    return [tagging(tags), bounding(roles)];
}

/**
 * Gives every IAM role below a component the boundary, path and name that the institution demands. One place, as for
 * tags. Components of other packages make their roles out of its reach: give them a role of the stack's own.
 *
 * IAM changes the boundary of a role and neither its path nor its name: the provider would replace the role, and EKS
 * the cluster that has it
 * (https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/role.go,
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/eks/cluster.go: `ForceNew`). So roles
 * keep both as long as they live.
 */
function bounding(roles: RoleSettings): pulumi.ResourceTransformation {
    const { permissionsBoundary, path, prefix, region } = roles;
    return ({ type, name, props, opts }) =>
        type === "aws:iam/role:Role" && !isRead(opts)
            ? {
                  props: {
                      ...props,
                      permissionsBoundary,
                      path,
                      ...(prefix && { name: roleName(prefix, name, region) }),
                  },
                  opts: pulumi.mergeOptions(opts, { ignoreChanges: ["name", "path"] }),
              }
            : undefined;
}

/**
 * Name of a role with a prefix, at most 64 characters. Its end differs between regions, whose stacks share the
 * account's roles.
 */
export function roleName(prefix: string, logicalName: string, region: string): string {
    const digest = createHash("sha256").update(`${region}/${logicalName}`).digest("hex");
    const suffix = `-${digest.slice(0, 7)}`;
    return `${prefix}${logicalName}`.slice(0, maxRoleName - suffix.length) + suffix;
}
