import { parse } from "yaml";
import { containsUnknown, isObject, Properties, UNKNOWN, Value } from "../wire/values";
import { Child, Component, jsonOf } from "./component";
import { Input, Linked } from "./linked";

/** What the parts of one cluster have in common. */
export interface ClusterParts {
    readonly component: Component;
    readonly cluster: Child;
    readonly clusterRole: Child | undefined;
    readonly clusterGroup: Child | undefined;
    readonly subnetIds: Input;
    readonly vpcId: Input;
}

/** What exists beside the control plane. */
export interface Extras {
    readonly oidcProvider: Child | undefined;
    readonly nodes: { readonly group: Child; readonly clusterIngressRule: Child } | undefined;
    readonly nodeRole: Child | undefined;
    readonly group: Child | undefined;
    readonly kubeconfig: KubeconfigSource;
}

/** The kubeconfig of a cluster by its `vpcConfig`; one for the simulated endpoint where it is undefined. */
export type KubeconfigSource = (vpcConfig: Properties) => string | undefined;

/** Outputs of the component, as published by @pulumi/eks; `core` lacks what is made of Kubernetes objects. */
export function clusterOutputs(parts: ClusterParts, extras: Extras): Record<string, Input> {
    const { cluster, clusterGroup, component } = parts;
    const { nodes, nodeRole, oidcProvider, group } = extras;
    const kubeconfig = kubeconfigOf(cluster, extras.kubeconfig);
    const ownGroup = cluster
        .output("vpcConfig")
        .map((vpc) => (isObject(vpc) ? (vpc.clusterSecurityGroupId ?? UNKNOWN) : UNKNOWN));
    const issuer = issuerOf(cluster);
    const instanceRoles = nodeRole
        ? [nodeRole.reference]
        : (component.input("instanceRoles") ??
          component.input("instanceRole")?.map((role) => [role]) ??
          []);
    return {
        eksCluster: cluster.reference,
        kubeconfig,
        kubeconfigJson: jsonOf(kubeconfig),
        clusterSecurityGroup: clusterGroup?.reference,
        clusterSecurityGroupId: clusterGroup?.id ?? ownGroup,
        nodeSecurityGroup: nodes?.group.reference,
        nodeSecurityGroupId: nodes?.group.id ?? ownGroup,
        eksClusterIngressRule: nodes?.clusterIngressRule.reference,
        clusterIngressRuleId: nodes?.clusterIngressRule.output("securityGroupRuleId") ?? "",
        instanceRoles,
        defaultNodeGroup:
            group && nodes
                ? {
                      autoScalingGroup: group.reference,
                      nodeSecurityGroup: nodes.group.reference,
                      extraNodeSecurityGroups: [],
                  }
                : undefined,
        defaultNodeGroupAsgName: group?.output("name") ?? "",
        fargateProfileId: "",
        fargateProfileStatus: "",
        oidcProviderArn: oidcProvider?.output("arn") ?? "",
        oidcProviderUrl: issuer,
        oidcIssuer: issuer.map((url) => (url as string).replace("https://", "")),
        autoModeNodeRoleName: "",
        core: {
            cluster: cluster.reference,
            clusterIamRole: parts.clusterRole?.reference ?? component.input("serviceRole"),
            clusterSecurityGroup: clusterGroup?.reference,
            endpoint: cluster.output("endpoint"),
            instanceRoles,
            kubeconfig,
            nodeGroupOptions: { nodeSecurityGroup: nodes?.group.reference },
            oidcProvider: oidcProvider?.reference,
            subnetIds: parts.subnetIds,
            privateSubnetIds: component.input("privateSubnetIds"),
            publicSubnetIds: component.input("publicSubnetIds"),
            vpcId: parts.vpcId,
            tags: component.input("tags"),
        },
    };
}

/** The kubeconfig, which the program learns when the cluster is there, as with EKS. */
function kubeconfigOf(cluster: Child, source: KubeconfigSource): Linked {
    const vpcConfig = cluster.output("vpcConfig").value;
    return cluster.output("endpoint").map((endpoint) => {
        if (containsUnknown(endpoint) || !isObject(vpcConfig)) {
            return UNKNOWN;
        }
        const content = source(vpcConfig);
        if (content !== undefined) {
            return parse(content) as Value;
        }
        return {
            apiVersion: "v1",
            kind: "Config",
            clusters: [{ name: "kubernetes", cluster: { server: endpoint } }],
            contexts: [{ name: "aws", context: { cluster: "kubernetes", user: "aws" } }],
            "current-context": "aws",
            users: [{ name: "aws", user: {} }],
        };
    });
}

/** The URL of the cluster's OIDC issuer. */
export function issuerOf(cluster: Child): Linked {
    return cluster.output("identities").map((identities) => {
        const [identity] = Array.isArray(identities) ? identities : [];
        const oidcs = isObject(identity) && Array.isArray(identity.oidcs) ? identity.oidcs : [];
        return isObject(oidcs[0]) ? (oidcs[0].issuer ?? UNKNOWN) : UNKNOWN;
    });
}
