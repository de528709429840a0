import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AwsFacts } from "../../platform/aws/facts";

/**
 * The security group of a managed store: admits the cluster's pods on the named TCP ports, and nothing else in or out.
 *
 * Rules are resources of their own, so that a change of ports neither replaces the group nor, as a consequence, the
 * store. The description never changes for the same reason: AWS cannot edit it.
 */
export function storeSecurityGroup(
    name: string,
    args: { readonly network: AwsFacts; readonly ports: readonly number[] },
    opts: { readonly parent: pulumi.Resource },
): aws.ec2.SecurityGroup {
    const group = new aws.ec2.SecurityGroup(
        name,
        {
            description: "HySDS store, for pods of the cluster only",
            vpcId: args.network.vpcId,
            tags: { Name: name },
        },
        opts,
    );
    for (const port of args.ports) {
        new aws.vpc.SecurityGroupIngressRule(
            `${name}-${port}`,
            {
                securityGroupId: group.id,
                referencedSecurityGroupId: args.network.podSecurityGroupId,
                ipProtocol: "tcp",
                fromPort: port,
                toPort: port,
            },
            opts,
        );
    }
    return group;
}
