import { ProviderError } from "../wire/errors";
import { isObject, Properties, UNKNOWN, Value } from "../wire/values";
import { Child, Component } from "./component";
import { createAccessEntries } from "./eks-access";
import { addOn, cniOptions } from "./eks-add-ons";
import { createSelfManagedNodes } from "./eks-node-groups";
import { ClusterParts, clusterOutputs, issuerOf, KubeconfigSource } from "./eks-outputs";
import { serviceRole } from "./eks-roles";
import { clusterSecurityGroup, nodeSecurityGroup } from "./eks-security-groups";
import { Input, Linked } from "./linked";

const NODE_POLICIES = [
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonEC2ContainerRegistryReadOnly",
];

/**
 * `eks:index:Cluster`: the control plane with its role, security groups, access entries, OIDC provider, kube-proxy, VPC
 * CNI and CoreDNS, and nodes of its own unless the program skips them. Names of the children are those of
 * @pulumi/eks 4. Kubernetes objects that the real component makes (aws-auth, storage classes) are left out.
 *
 * @param kubeconfig the kubeconfig that the cluster is to have.
 */
export async function constructCluster(
    component: Component,
    kubeconfig: KubeconfigSource,
): Promise<Record<string, Input>> {
    refuseContradictions(component);
    const parts = await createControlPlane(component);
    const { cluster } = parts;
    const skipsNodes = component.plainInput("skipDefaultNodeGroup") === true;
    const nodeRole = await createNodeRole(component, skipsNodes);
    const entries = await createAccessEntries(parts, nodeRole);
    const [oidcProvider] = await Promise.all([
        createOidcProvider(parts),
        createAddOns(parts, entries, skipsNodes),
    ]);
    const nodes = parts.clusterGroup
        ? await nodeSecurityGroup(component, {
              vpcId: parts.vpcId,
              clusterGroupId: parts.clusterGroup.id,
              clusterName: cluster.output("name"),
          })
        : undefined;
    const group =
        skipsNodes || !nodes || !nodeRole
            ? undefined
            : await createSelfManagedNodes(component, {
                  name: component.name,
                  subnetIds: parts.subnetIds,
                  securityGroupId: nodes.group.id,
                  role: nodeRole,
              });
    return clusterOutputs(parts, { oidcProvider, nodes, nodeRole, group, kubeconfig });
}

function refuseContradictions(component: Component): void {
    const given = (name: string): boolean => component.plainInput(name) !== undefined;
    if (given("subnetIds") && (given("publicSubnetIds") || given("privateSubnetIds"))) {
        throw new ProviderError(
            "subnetIds, and the use of publicSubnetIds and/or privateSubnetIds are mutually exclusive. Choose a single approach.",
        );
    }
    if (given("instanceRole") && given("instanceRoles")) {
        throw new ProviderError(
            "instanceRole and instanceRoles are mutually exclusive, and cannot both be set.",
        );
    }
    // An Output of nothing is as good as none here: the component looks at what it resolves to.
    const networks = component.plainInput("publicAccessCidrs") ?? undefined;
    if (component.plainInput("endpointPublicAccess") === false && networks !== undefined) {
        throw new ProviderError(
            "`publicAccessCidrs` can only be set when `endpointPublicAccess` is true",
        );
    }
}

/** Private and public subnets together, the private ones first. */
function clusterSubnets(component: Component): Linked {
    const subnets = ["subnetIds", "privateSubnetIds", "publicSubnetIds"].flatMap(
        (name) => component.input(name) ?? [],
    );
    const unknown = subnets.some(({ value }) => !Array.isArray(value));
    return new Linked(
        unknown ? UNKNOWN : subnets.flatMap(({ value }) => value as Value[]),
        subnets.flatMap(({ urns }) => urns),
    );
}

async function createControlPlane(component: Component): Promise<ClusterParts> {
    const vpcId = component.input("vpcId");
    const skipsGroups = component.plainInput("skipDefaultSecurityGroups") === true;
    const given = component.input("serviceRole");
    const [own, clusterGroup] = await Promise.all([
        given ? undefined : createClusterRole(component),
        skipsGroups
            ? undefined
            : clusterSecurityGroup(component, vpcId, component.input("clusterSecurityGroupTags")),
    ]);
    const roleArn = given ? await component.propertyOf(given, "arn") : own?.role.output("arn");
    const subnetIds = clusterSubnets(component);
    const cluster = await component.child(
        "aws:eks/cluster:Cluster",
        `${component.name}-eksCluster`,
        clusterInputs(component, { roleArn, subnetIds, clusterGroup }),
        {
            dependsOn: own?.attachments,
            ignoreChanges: [
                "accessConfig.bootstrapClusterCreatorAdminPermissions",
                "bootstrapSelfManagedAddons",
            ],
        },
    );
    return { component, cluster, clusterRole: own?.role, clusterGroup, subnetIds, vpcId };
}

function createClusterRole(component: Component): ReturnType<typeof serviceRole> {
    return serviceRole(component, `${component.name}-eksRole`, {
        service: "eks.amazonaws.com",
        description: "Allows EKS to manage clusters on your behalf.",
        policies: ["AmazonEKSClusterPolicy"],
        actions: ["sts:AssumeRole", "sts:TagSession"],
        tags: component.input("tags"),
    });
}

function clusterInputs(
    component: Component,
    made: { roleArn: Input; subnetIds: Input; clusterGroup: Child | undefined },
): Record<string, Input> {
    const keyArn = component.input("encryptionConfigKeyArn");
    const authenticationMode = component.input("authenticationMode");
    const tags = component.plainInput("tags");
    const clusterTags = component.plainInput("clusterTags");
    return {
        name: component.input("name"),
        roleArn: made.roleArn,
        version: component.input("version"),
        bootstrapSelfManagedAddons: component.input("bootstrapSelfManagedAddons") ?? true,
        enabledClusterLogTypes: component.input("enabledClusterLogTypes"),
        deletionProtection: component.input("deletionProtection"),
        upgradePolicy: component.input("upgradePolicy"),
        vpcConfig: {
            subnetIds: made.subnetIds,
            securityGroupIds: made.clusterGroup ? [made.clusterGroup.id] : undefined,
            endpointPrivateAccess: component.input("endpointPrivateAccess"),
            endpointPublicAccess: component.input("endpointPublicAccess"),
            publicAccessCidrs: component.input("publicAccessCidrs"),
        },
        encryptionConfig: keyArn ? { provider: { keyArn }, resources: ["secrets"] } : undefined,
        accessConfig: authenticationMode
            ? { authenticationMode, bootstrapClusterCreatorAdminPermissions: true }
            : undefined,
        tags: {
            Name: `${component.name}-eksCluster`,
            ...(isObject(clusterTags) ? clusterTags : {}),
            ...(isObject(tags) ? tags : {}),
        },
    };
}

/** The role of the cluster's own nodes, when it has any or the program asks for the role alone. */
async function createNodeRole(
    component: Component,
    skipsNodes: boolean,
): Promise<Child | undefined> {
    const wanted = component.plainInput("createInstanceRole") ?? !skipsNodes;
    const given = component.input("instanceRole") ?? component.input("instanceRoles");
    if (wanted !== true || given) {
        return undefined;
    }
    const { role } = await serviceRole(component, `${component.name}-instanceRole`, {
        service: "ec2.amazonaws.com",
        policies: NODE_POLICIES,
        tags: component.input("tags"),
    });
    return role;
}

async function createOidcProvider({
    component,
    cluster,
}: ClusterParts): Promise<Child | undefined> {
    if (component.plainInput("createOidcProvider") !== true) {
        return undefined;
    }
    return component.child(
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        `${component.name}-oidcProvider`,
        {
            clientIdLists: ["sts.amazonaws.com"],
            url: issuerOf(cluster),
            thumbprintLists: ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
        },
    );
}

async function createAddOns(
    { component, cluster }: ClusterParts,
    entries: readonly Child[],
    skipsNodes: boolean,
): Promise<void> {
    const shared = {
        clusterName: cluster.output("name"),
        kubernetesVersion: cluster.output("version"),
        tags: component.input("tags"),
    };
    const optionsOf = (name: string): Properties => {
        const options = component.plainInput(name);
        return isObject(options) ? options : {};
    };
    const proxy = optionsOf("kubeProxyAddonOptions");
    const coredns = optionsOf("corednsAddonOptions");
    const { name } = component;
    if (proxy.enabled !== false) {
        await addOn(component, `${name}-kube-proxy`, {
            ...shared,
            addonName: "kube-proxy",
            options: proxy,
        });
    }
    if (component.plainInput("useDefaultVpcCni") !== true) {
        await addOn(component, `${name}-vpc-cni`, {
            ...shared,
            addonName: "vpc-cni",
            parent: await component.group("eks:index:VpcCniAddon", `${name}-vpc-cni`),
            options: cniOptions(component.plainInput("vpcCniOptions")),
            dependsOn: entries,
        });
    }
    if (coredns.enabled ?? !skipsNodes) {
        await addOn(component, `${name}-coredns`, {
            ...shared,
            addonName: "coredns",
            options: coredns,
        });
    }
}
