import * as pulumi from "@pulumi/pulumi";

/**
 * The wanted role of something that EKS gives no other one, if it has that one, or is yet to be made.
 *
 * @param key by which the role is given
 * @param owner what has the role, in words
 * @throws pulumi.RunError, with the command that leaves the role as it is, when it has another
 */
export function roleThatStays(
    key: "clusterRoleArn" | "nodeRoleArn",
    owner: string,
    wanted: string,
    current?: string,
): string {
    if (current !== undefined && current !== wanted) {
        throw new pulumi.RunError(
            `${owner} has the role ${current}, and is to have ${wanted}: EKS can't change it, and would replace ` +
                `what has it. Run: pulumi config set hysds:${key} ${current}, or, where the stack made that role, ` +
                `pulumi config rm hysds:${key}`,
        );
    }
    return wanted;
}
