import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Refusals, refusalsOf } from "./account-checks";
import { LiveCluster } from "./live-cluster";
import { roleThatStays } from "./role-that-stays";

/** Short digest by which eks.Cluster tells the attachment of this policy, in every partition. */
const CLUSTER_POLICY = { name: "AmazonEKSClusterPolicy", digest: "4b490823" };

/** What EKS itself may do with the role. */
const TRUST = {
    Version: "2012-10-17",
    Statement: [
        {
            Action: ["sts:AssumeRole", "sts:TagSession"],
            Effect: "Allow",
            Principal: { Service: ["eks.amazonaws.com"] },
        },
    ],
};

/** The role by which EKS manages a cluster, and what makes it complete. */
export interface ClusterRole {
    readonly role: aws.iam.Role;
    readonly ready: readonly pulumi.Resource[];
}

/**
 * The role that EKS needs (https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html). eks.Cluster would
 * make one by itself, where neither tags nor a permissions boundary of the stack's reach it; the one that it made for a
 * stack of before is this one, and stays
 * (https://github.com/pulumi/pulumi-eks/blob/v4.3.0/nodejs/eks/servicerole.ts).
 *
 * @param name of the cluster
 * @param args.givenArn of a role that is used instead; it is only read
 * @param parent component of the cluster
 */
export function clusterRole(
    name: string,
    args: { readonly partition: pulumi.Output<string>; readonly givenArn?: string },
    parent: pulumi.Resource,
): ClusterRole {
    const { partition, givenArn } = args;
    if (givenArn !== undefined) {
        const id = givenArn.slice(givenArn.lastIndexOf("/") + 1);
        const role = aws.iam.Role.get(`${name}-given-role`, id, { arn: givenArn }, { parent });
        return { role, ready: [] };
    }
    const formerly = formerUrns(name, parent);
    const role = new aws.iam.Role(
        `${name}-cluster`,
        {
            description: "Allows EKS to manage clusters on your behalf.",
            assumeRolePolicy: JSON.stringify(TRUST),
        },
        { parent, aliases: [formerly("aws:iam/role:Role", "role")] },
    );
    const attachment = new aws.iam.RolePolicyAttachment(
        `${name}-cluster-${CLUSTER_POLICY.name}`,
        {
            role: role.name,
            policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/${CLUSTER_POLICY.name}`,
        },
        {
            parent,
            aliases: [
                formerly(
                    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                    CLUSTER_POLICY.digest,
                ),
            ],
        },
    );
    return { role, ready: [attachment] };
}

/** What is wrong where the cluster, if there is one, has another role: the provider would replace the cluster. */
export function clusterKeepsRole(
    name: string,
    { role }: ClusterRole,
    live: pulumi.Output<LiveCluster | undefined>,
): pulumi.Output<Refusals> {
    return live.apply((cluster) => {
        if (cluster === undefined) {
            // A role that is yet to be made is not waited for where there is nothing to compare it with.
            return pulumi.output<Refusals>([]);
        }
        const { roleArn } = cluster;
        return role.arn.apply((arn) =>
            refusalsOf(() => roleThatStays("clusterRoleArn", `cluster ${name}`, arn, roleArn)),
        );
    });
}

/** URNs of what eks.Cluster made for the role, by type and last part of the name. */
function formerUrns(
    name: string,
    parent: pulumi.Resource,
): (type: string, part: string) => pulumi.Output<string> {
    const cluster = pulumi.createUrn(name, "eks:index:Cluster", parent);
    const group = pulumi.createUrn(`${name}-eksRole`, "eks:index:ServiceRole", cluster);
    return (type, part) => pulumi.createUrn(`${name}-eksRole-${part}`, type, group);
}
