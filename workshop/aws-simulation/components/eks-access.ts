import { isObject, Properties, UNKNOWN } from "../wire/values";
import { Child, Component } from "./component";
import { ClusterParts } from "./eks-outputs";
import { Input, Linked } from "./linked";

/** Access entries as the program lists them, and one for the cluster's own nodes; none under aws-auth alone. */
export async function createAccessEntries(
    { component, cluster }: ClusterParts,
    nodeRole: Child | undefined,
): Promise<Child[]> {
    const mode = component.plainInput("authenticationMode");
    if (mode !== "API" && mode !== "API_AND_CONFIG_MAP") {
        return [];
    }
    const given = component.plainInput("accessEntries");
    const links = component.input("accessEntries")?.urns ?? [];
    const entries: [string, Properties, Input][] = Object.entries(isObject(given) ? given : {})
        .filter((entry): entry is [string, Properties] => isObject(entry[1]))
        .map(([key, entry]) => [key, entry, new Linked(entry.principalArn ?? null, links)]);
    if (nodeRole) {
        const arn = nodeRole.output("arn");
        entries.unshift(["defaultNodeGroupInstanceRole", { type: "EC2_LINUX" }, arn]);
    }
    return Promise.all(
        entries.map(async ([key, entry, principalArn]) => {
            const name = `${component.name}-${key}`;
            const child = await component.child(
                "aws:eks/accessEntry:AccessEntry",
                name,
                {
                    clusterName: cluster.output("name"),
                    principalArn,
                    kubernetesGroups: entry.kubernetesGroups,
                    type: entry.type,
                    userName: entry.username,
                    tags: entry.tags,
                },
                { dependsOn: [cluster] },
            );
            await associatePolicies(component, { child, name, entry, links }, cluster);
            return child;
        }),
    );
}

async function associatePolicies(
    component: Component,
    of: { child: Child; name: string; entry: Properties; links: readonly string[] },
    cluster: Child,
): Promise<void> {
    const policies = isObject(of.entry.accessPolicies) ? of.entry.accessPolicies : {};
    await Promise.all(
        Object.entries(policies).map(([key, policy]) =>
            component.child(
                "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
                `${of.name}-${key}`,
                {
                    clusterName: cluster.output("name"),
                    principalArn: of.child.output("principalArn"),
                    policyArn: new Linked(
                        (isObject(policy) && policy.policyArn) || UNKNOWN,
                        of.links,
                    ),
                    accessScope: isObject(policy) ? policy.accessScope : undefined,
                },
                { parent: of.child.urn, dependsOn: [of.child] },
            ),
        ),
    );
}
