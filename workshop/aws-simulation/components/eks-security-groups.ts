import { Child, Component } from "./component";
import { Input, Linked } from "./linked";

const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const ANY = { fromPort: 0, toPort: 0, protocol: "-1" };

/** The additional security group of a control plane, open towards the outside only. */
export async function clusterSecurityGroup(
    component: Component,
    vpcId: Input,
    tags: Input,
): Promise<Child> {
    const name = `${component.name}-eksClusterSecurityGroup`;
    const group = await component.child("aws:ec2/securityGroup:SecurityGroup", name, {
        vpcId,
        revokeRulesOnDelete: true,
        tags: tags ?? { Name: name },
    });
    await component.child(RULE, `${component.name}-eksClusterInternetEgressRule`, {
        description: "Allow internet access.",
        type: "egress",
        ...ANY,
        cidrBlocks: ["0.0.0.0/0"],
        securityGroupId: group.id,
    });
    return group;
}

export interface NodeSecurityGroupArgs {
    readonly vpcId: Input;
    readonly clusterGroupId: Linked;
    readonly clusterName: Linked;
}

/** The security group of nodes, and the rules between it and the control plane. */
export async function nodeSecurityGroup(
    component: Component,
    args: NodeSecurityGroupArgs,
): Promise<{ group: Child; clusterIngressRule: Child }> {
    const { name } = component;
    const group = await component.child(
        "aws:ec2/securityGroup:SecurityGroup",
        `${name}-nodeSecurityGroup`,
        {
            vpcId: args.vpcId,
            revokeRulesOnDelete: true,
            tags: { Name: `${name}-nodeSecurityGroup` },
        },
    );
    const ingress = { type: "ingress", securityGroupId: group.id };
    const fromCluster = { ...ingress, protocol: "tcp", sourceSecurityGroupId: args.clusterGroupId };
    const rules: Record<string, Record<string, Input>> = {
        eksNodeIngressRule: { ...ingress, ...ANY, self: true },
        eksNodeClusterIngressRule: { ...fromCluster, fromPort: 1025, toPort: 65535 },
        eksExtApiServerClusterIngressRule: { ...fromCluster, fromPort: 443, toPort: 443 },
        eksNodeInternetEgressRule: {
            type: "egress",
            ...ANY,
            securityGroupId: group.id,
            cidrBlocks: ["0.0.0.0/0"],
        },
    };
    await Promise.all(
        Object.entries(rules).map(([rule, inputs]) =>
            component.child(RULE, `${name}-${rule}`, inputs),
        ),
    );
    const clusterIngressRule = await component.child(RULE, `${name}-eksClusterIngressRule`, {
        type: "ingress",
        fromPort: 443,
        toPort: 443,
        protocol: "tcp",
        securityGroupId: args.clusterGroupId,
        sourceSecurityGroupId: group.id,
    });
    return { group, clusterIngressRule };
}

/** `eks:index:NodeGroupSecurityGroup`. */
export async function constructNodeGroupSecurityGroup(
    component: Component,
): Promise<Record<string, Input>> {
    const cluster = component.input("eksCluster") ?? new Linked(null, []);
    const clusterGroup = component.input("clusterSecurityGroup") ?? new Linked(null, []);
    const { group, clusterIngressRule } = await nodeSecurityGroup(component, {
        vpcId: component.input("vpcId"),
        clusterGroupId: await component.propertyOf(clusterGroup, "id"),
        clusterName: await component.propertyOf(cluster, "name"),
    });
    return { securityGroup: group.reference, securityGroupRule: clusterIngressRule.reference };
}
