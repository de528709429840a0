import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { liveNodeGroups } from "./live-cluster";
import { roleThatStays } from "./role-that-stays";

/**
 * The role that node groups are to have, after a look at those that run: the provider would replace a group for another
 * role, and so all of its nodes under their jobs.
 *
 * @param groups start of the names of the stack's node groups; others of the cluster are not looked at
 * @returns fails with a pulumi.RunError when one of them has another role
 */
export function nodeRole(
    clusterName: pulumi.Output<string>,
    groups: string,
    roleArn: pulumi.Input<string>,
    opts: pulumi.InvokeOptions,
): pulumi.Output<string> {
    return pulumi.all([clusterName, roleArn]).apply(async ([cluster, wanted]) => {
        const live = await liveNodeGroups(cluster, opts);
        for (const { nodeGroupName, nodeRoleArn } of live) {
            if (nodeGroupName.startsWith(groups)) {
                roleThatStays("nodeRoleArn", `node group ${nodeGroupName}`, wanted, nodeRoleArn);
            }
        }
        return wanted;
    });
}

const TRUST = {
    Version: "2012-10-17",
    Statement: [
        {
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: { Service: "ec2.amazonaws.com" },
        },
    ],
};

const POLICIES = [
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonEC2ContainerRegistryReadOnly",
];

/**
 * What a node itself may do: join, pull images, and give pods their addresses (the VPC CNI runs before any
 * ServiceAccount could have a role). Pods cannot use it, see the hop limit of the launch template.
 */
export function ownNodeRole(
    name: string,
    partition: pulumi.Output<string>,
    parent: pulumi.Resource,
): { arn: pulumi.Output<string>; rolePolicies: pulumi.Resource[] } {
    const role = new aws.iam.Role(
        name,
        { description: "Nodes of the HySDS cluster", assumeRolePolicy: JSON.stringify(TRUST) },
        { parent },
    );
    const rolePolicies = POLICIES.map(
        (policy) =>
            new aws.iam.RolePolicyAttachment(
                `${name}-${policy}`,
                {
                    role: role.name,
                    policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}`,
                },
                { parent },
            ),
    );
    return { arn: role.arn, rolePolicies };
}
