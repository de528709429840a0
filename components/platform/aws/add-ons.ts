import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
    CLOUDWATCH_AGENT,
    CloudWatchAddOnArgs,
    cloudWatchConfiguration,
    CloudWatchLogs,
    cloudWatchPermissions,
} from "./cloudwatch-add-on";
import { AddOnName } from "../../settings/limits/add-ons";
import { Cluster } from "./cluster";
import { serviceAccountRole } from "./identity";

export interface AddOnsArgs {
    readonly cluster: Cluster;
    readonly partition: pulumi.Output<string>;
    /** Tags of the EBS volumes that the CSI driver makes. */
    readonly tags: Readonly<Record<string, string>>;
    /** Nodes on which the add-ons' pods can run; without them an add-on never becomes active. */
    readonly nodes: pulumi.Resource;
    /** Present where CloudWatch watches pods or keeps their logs. */
    readonly cloudWatch?: CloudWatchAddOnArgs;
}

/**
 * The EKS add-ons that need nodes: CoreDNS, the EBS CSI driver with a role of its own, metrics-server, and CloudWatch's
 * where it is asked for. kube-proxy and the VPC CNI, which nodes need to become ready, come with the cluster.
 */
export class AddOns extends pulumi.ComponentResource {
    constructor(
        private readonly addOnsName: string,
        private readonly args: AddOnsArgs,
        opts: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:AddOns", addOnsName, {}, opts);
        const role = this.createEbsCsiRole();
        this.createAddOn("coredns", {});
        this.createAddOn("metrics-server", {});
        this.createAddOn("aws-ebs-csi-driver", {
            serviceAccountRoleArn: role.arn,
            configurationValues: JSON.stringify({ controller: { extraVolumeTags: args.tags } }),
        });
        if (args.cloudWatch) {
            this.createCloudWatch(args.cloudWatch);
        }
        this.registerOutputs({});
    }

    private createCloudWatch(args: CloudWatchAddOnArgs): void {
        const name = `${this.addOnsName}-cloudwatch`;
        const logs = new CloudWatchLogs(name, args, { parent: this });
        const role = serviceAccountRole(
            name,
            {
                oidc: this.args.cluster.oidc,
                subject: CLOUDWATCH_AGENT,
                description: "CloudWatch agent and Fluent Bit of the HySDS cluster",
            },
            { parent: this },
        );
        const policy = new aws.iam.RolePolicy(
            name,
            { role: role.name, policy: cloudWatchPermissions(args) },
            { parent: this },
        );
        this.createAddOn(
            "amazon-cloudwatch-observability",
            {
                serviceAccountRoleArn: role.arn,
                configurationValues: cloudWatchConfiguration(args),
            },
            [logs, policy],
        );
    }

    private createAddOn(
        addonName: AddOnName,
        settings: Pick<aws.eks.AddonArgs, "serviceAccountRoleArn" | "configurationValues">,
        dependsOn: readonly pulumi.Resource[] = [],
    ): void {
        const { addOnVersions, clusterName } = this.args.cluster;
        new aws.eks.Addon(
            `${this.addOnsName}-${addonName}`,
            {
                clusterName,
                addonName,
                addonVersion: addOnVersions.of(addonName),
                tags: addOnVersions.tags,
                // EKS starts every cluster with a CoreDNS of its own, which the add-on takes over.
                resolveConflictsOnCreate: "OVERWRITE",
                resolveConflictsOnUpdate: "OVERWRITE",
                ...settings,
            },
            { parent: this, dependsOn: [this.args.nodes, ...dependsOn] },
        );
    }

    /**
     * The policy lets the driver touch only volumes with the tag that it gives to all that it makes
     * (https://github.com/kubernetes-sigs/aws-ebs-csi-driver/issues/2918), and none else of the account.
     */
    private createEbsCsiRole(): aws.iam.Role {
        const name = `${this.addOnsName}-ebs-csi`;
        const role = serviceAccountRole(
            name,
            {
                oidc: this.args.cluster.oidc,
                subject: { namespace: "kube-system", serviceAccount: "ebs-csi-controller-sa" },
                description: "EBS CSI driver of the HySDS cluster",
            },
            { parent: this },
        );
        new aws.iam.RolePolicyAttachment(
            name,
            {
                role: role.name,
                policyArn: pulumi.interpolate`arn:${this.args.partition}:iam::aws:policy/AmazonEBSCSIDriverPolicyV2`,
            },
            { parent: this },
        );
        return role;
    }
}
