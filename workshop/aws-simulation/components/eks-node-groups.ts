import { ProviderError } from "../wire/errors";
import { isObject, referencedUrn } from "../wire/values";
import { Child, Component } from "./component";
import { Input, Linked } from "./linked";

const NOTHING = new Linked(null, []);

export interface SelfManagedNodesArgs {
    /** Start of the names. */
    readonly name: string;
    readonly subnetIds: Input;
    readonly securityGroupId: Input;
    readonly role: Child;
}

/** Self-managed nodes: an instance profile, a launch template and an Auto Scaling group. */
export async function createSelfManagedNodes(
    component: Component,
    args: SelfManagedNodesArgs,
): Promise<Child> {
    const profile = await component.child(
        "aws:iam/instanceProfile:InstanceProfile",
        `${args.name}-instanceProfile`,
        { role: args.role.output("name") },
    );
    return createScalingGroup(component, { ...args, profile: profile.output("name") });
}

async function createScalingGroup(
    component: Component,
    args: Omit<SelfManagedNodesArgs, "role"> & { readonly profile: Input },
): Promise<Child> {
    const template = await component.child(
        "aws:ec2/launchTemplate:LaunchTemplate",
        `${args.name}-launchTemplate`,
        {
            instanceType: component.input("instanceType") ?? "t3.medium",
            iamInstanceProfile: { name: args.profile },
            vpcSecurityGroupIds: [args.securityGroupId],
        },
    );
    return component.child("aws:autoscaling/group:Group", args.name, {
        minSize: component.input("minSize") ?? 1,
        maxSize: component.input("maxSize") ?? 2,
        desiredCapacity: component.input("desiredCapacity") ?? 2,
        vpcZoneIdentifiers: args.subnetIds,
        launchTemplate: {
            id: template.id,
            version: template.output("latestVersion").map((version) => `${version as number}`),
        },
    });
}

/** The properties of the cluster that nodes need, whether it is given as a component or as its core data. */
async function clusterOf(component: Component): Promise<{ eksCluster: Linked; core: Linked }> {
    const given = component.input("cluster") ?? NOTHING;
    if (referencedUrn(given.value) === undefined) {
        const core = isObject(given.value) ? given.value : {};
        return { core: given, eksCluster: new Linked(core.cluster ?? null, given.urns) };
    }
    return {
        core: await component.propertyOf(given, "core"),
        eksCluster: await component.propertyOf(given, "eksCluster"),
    };
}

function part({ value, urns }: Linked, property: string): Linked | undefined {
    const found = isObject(value) ? value[property] : undefined;
    return found === undefined ? undefined : new Linked(found, urns);
}

/** `eks:index:ManagedNodeGroup`. */
export async function constructManagedNodeGroup(
    component: Component,
): Promise<Record<string, Input>> {
    const { eksCluster, core } = await clusterOf(component);
    const role = component.input("nodeRole");
    const nodeRoleArn =
        component.input("nodeRoleArn") ?? (role && (await component.propertyOf(role, "arn")));
    if (!nodeRoleArn) {
        throw new ProviderError(
            "An IAM role, or role ARN must be provided to create a managed node group",
        );
    }
    const scaling = component.plainInput("scalingConfig");
    const passed =
        "amiType capacityType diskSize forceUpdateVersion instanceTypes labels launchTemplate nodeGroupName nodeGroupNamePrefix releaseVersion remoteAccess tags taints";
    const group = await component.child(
        "aws:eks/nodeGroup:NodeGroup",
        component.name,
        {
            ...Object.fromEntries(passed.split(" ").map((name) => [name, component.input(name)])),
            version: component.input("launchTemplate")
                ? component.input("version")
                : (component.input("version") ??
                  (await component.propertyOf(eksCluster, "version"))),
            clusterName:
                component.input("clusterName") ?? (await component.propertyOf(eksCluster, "name")),
            nodeRoleArn,
            scalingConfig: {
                desiredSize: 2,
                minSize: 1,
                maxSize: 2,
                ...(isObject(scaling) ? scaling : {}),
            },
            subnetIds: component.input("subnetIds") ?? part(core, "subnetIds"),
        },
        {
            ignoreChanges:
                component.plainInput("ignoreScalingChanges") === true
                    ? ["scalingConfig.desiredSize"]
                    : [],
        },
    );
    return { nodeGroup: group.reference, placementGroupName: "" };
}

/** `eks:index:NodeGroupV2`. */
export async function constructNodeGroupV2(component: Component): Promise<Record<string, Input>> {
    const { core } = await clusterOf(component);
    const options = part(core, "nodeGroupOptions") ?? NOTHING;
    const securityGroup =
        component.input("nodeSecurityGroup") ?? part(options, "nodeSecurityGroup");
    const securityGroupId =
        component.input("nodeSecurityGroupId") ??
        (securityGroup && (await component.propertyOf(securityGroup, "id")));
    const profile = component.input("instanceProfile");
    const name =
        component.input("instanceProfileName") ??
        (profile && (await component.propertyOf(profile, "name")));
    if (!name) {
        throw new ProviderError("an instanceProfile or instanceProfileName is required");
    }
    const group = await createScalingGroup(component, {
        name: component.name,
        subnetIds: component.input("nodeSubnetIds") ?? part(core, "subnetIds"),
        securityGroupId,
        profile: name,
    });
    return {
        autoScalingGroup: group.reference,
        extraNodeSecurityGroups: component.input("extraNodeSecurityGroups") ?? [],
        nodeSecurityGroup: securityGroup,
        nodeSecurityGroupId: securityGroupId,
    };
}
