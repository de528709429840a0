import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { AwsPlatformSettings } from "../../settings/settings";
import { clusterRole } from "./cluster-role";
import { reachableVersion } from "./cluster-version";
import { EndpointArgs, endpointArgs, reachableName } from "./endpoint-access";
import { OidcProvider } from "./identity";
import { liveCluster } from "./live-cluster";
import { Network } from "./network";

export interface ClusterArgs {
    readonly platform: Pick<AwsPlatformSettings, "cluster" | "network">;
    readonly network: Network;
    readonly partition: pulumi.Output<string>;
    /** Refuse deletion of the cluster (by EKS itself) and of the key of its secrets. */
    readonly protect: boolean;
}

/**
 * An EKS control plane without nodes: private endpoint, public one as configured, access by access entries only,
 * Kubernetes Secrets encrypted by a KMS key, all control plane logs kept for the configured days, an OIDC provider for
 * IAM roles of ServiceAccounts, and the VPC CNI enforcing NetworkPolicies.
 *
 * Whoever runs the first `pulumi up` is an administrator by EKS's own entry; naming that principal again among
 * `adminPrincipalArns` is refused by EKS as a duplicate.
 */
export class Cluster extends pulumi.ComponentResource {
    public readonly clusterName: pulumi.Output<string>;
    public readonly arn: pulumi.Output<string>;
    /** The group that EKS itself makes: control plane and nodes talk within it. */
    public readonly securityGroupId: pulumi.Output<string>;
    /** Secret. Calls `aws eks get-token`, so the AWS CLI must be on the path, with the credentials of the run. */
    public readonly kubeconfig: pulumi.Output<string>;
    public readonly oidc: OidcProvider;

    /** @param name of the EKS cluster itself: Pulumi cannot choose it, as the log group must be named after it */
    constructor(name: string, args: ClusterArgs, opts: pulumi.ComponentResourceOptions) {
        super("hysds:component:Cluster", name, {}, opts);
        const key = this.createSecretsKey(name, args.protect);
        // EKS makes this group by itself, with endless retention, unless it is there first.
        const logs = new aws.cloudwatch.LogGroup(
            `${name}-control-plane`,
            {
                name: `/aws/eks/${name}/cluster`,
                retentionInDays: args.platform.cluster.logRetentionDays,
            },
            { parent: this },
        );
        const { role, ready } = clusterRole(name, args.partition, this);
        const live = liveCluster(name, { parent: this });
        const { platform } = args;
        const cluster = new eks.Cluster(
            name,
            {
                ...clusterArgs(args, key.arn),
                ...endpointArgs(name, platform.cluster, live, { parent: this }),
                serviceRole: role,
                name: reachableName(name, platform, live),
                version: pulumi
                    .all([
                        reachableVersion(name, platform.cluster.version, live),
                        args.network.acceptedByEks,
                    ])
                    .apply(([reachable]) => reachable),
            },
            { parent: this, dependsOn: [logs, ...ready] },
        );
        this.clusterName = cluster.eksCluster.apply((created) => created.name);
        this.arn = cluster.eksCluster.apply((created) => created.arn);
        this.securityGroupId = cluster.nodeSecurityGroupId;
        this.kubeconfig = pulumi.secret(cluster.kubeconfigJson);
        this.oidc = { arn: cluster.oidcProviderArn, issuer: cluster.oidcIssuer };
        this.registerOutputs({ clusterName: this.clusterName });
    }

    private createSecretsKey(name: string, protect: boolean): aws.kms.Key {
        return new aws.kms.Key(
            `${name}-secrets`,
            {
                description: `Kubernetes Secrets of EKS cluster ${name}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
            },
            { parent: this, protect, retainOnDelete: protect },
        );
    }
}

function clusterArgs(
    args: ClusterArgs,
    secretsKeyArn: pulumi.Output<string>,
): Omit<eks.ClusterArgs, keyof EndpointArgs> {
    const { network } = args;
    const { cluster } = args.platform;
    return {
        vpcId: network.vpcId,
        privateSubnetIds: network.privateSubnetIds,
        publicSubnetIds: network.publicSubnetIds,
        createOidcProvider: true,
        authenticationMode: eks.AuthenticationMode.Api,
        accessEntries: accessEntries(cluster.adminPrincipalArns, args.partition),
        encryptionConfigKeyArn: secretsKeyArn,
        enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        skipDefaultNodeGroup: true,
        // Managed node groups join EKS's own security group; two more that nothing uses would only confuse.
        skipDefaultSecurityGroups: true,
        vpcCniOptions: { enableNetworkPolicy: true },
        // Installed after the nodes, which its pods need to become ready: see AddOns.
        corednsAddonOptions: { enabled: false },
        deletionProtection: args.protect,
    };
}

function accessEntries(
    principalArns: readonly string[],
    partition: pulumi.Output<string>,
): Record<string, eks.types.input.AccessEntryArgs> {
    const policyArn = pulumi.interpolate`arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`;
    return Object.fromEntries(
        principalArns.map((principalArn) => [
            // By principal and not by position, so that removing one entry leaves the others alone.
            principalArn.replace(/[^A-Za-z0-9]+/g, "-"),
            {
                principalArn,
                accessPolicies: { admin: { policyArn, accessScope: { type: "cluster" } } },
            },
        ]),
    );
}
