import { createHash } from "node:crypto";
import { Child, Component } from "./component";
import { Input } from "./linked";

export interface ServiceRoleArgs {
    /** Service that assumes the role, such as `eks.amazonaws.com`. */
    readonly service: string;
    readonly description?: string;
    /** Names of AWS-managed policies. */
    readonly policies: readonly string[];
    readonly actions?: readonly string[];
    readonly tags?: Input;
}

/** `eks:index:ServiceRole`: a role for a service, with managed policies attached. */
export async function serviceRole(
    component: Component,
    name: string,
    args: ServiceRoleArgs,
): Promise<{ role: Child; attachments: Child[] }> {
    const { partition } = await component.invoke("aws:index/getPartition:getPartition", {});
    const parent = await component.group("eks:index:ServiceRole", name);
    const role = await component.child(
        "aws:iam/role:Role",
        `${name}-role`,
        {
            description: args.description,
            assumeRolePolicy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Action: args.actions ?? ["sts:AssumeRole"],
                        Effect: "Allow",
                        Principal: { Service: [args.service] },
                    },
                ],
            }),
            tags: args.tags,
        },
        { parent },
    );
    const attachments = await Promise.all(
        args.policies.map((policy) =>
            component.child(
                "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                `${name}-${digest(`arn:aws:iam::aws:policy/${policy}`)}`,
                {
                    role: role.output("name"),
                    policyArn: `arn:${partition as string}:iam::aws:policy/${policy}`,
                },
                { parent },
            ),
        ),
    );
    return { role, attachments };
}

/** The short digest by which @pulumi/eks tells attachments apart. */
function digest(text: string): string {
    return createHash("sha1").update(text).digest("hex").slice(0, 8);
}
