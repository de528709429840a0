import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { NetworkFacts } from "../../../platform/platform";

type PolicyRule = k8s.types.input.rbac.v1.PolicyRule;

const READ = ["get", "list", "watch"];

/**
 * What it may do in the whole cluster: read everything that decides where a pod fits, taint and remove nodes, evict
 * pods. https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/examples
 */
export const CLUSTER_RULES: PolicyRule[] = [
    { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
    { apiGroups: [""], resources: ["pods/eviction"], verbs: ["create"] },
    { apiGroups: [""], resources: ["pods/status"], verbs: ["update"] },
    { apiGroups: [""], resources: ["nodes"], verbs: [...READ, "update"] },
    {
        apiGroups: [""],
        resources: [
            "namespaces",
            "pods",
            "services",
            "replicationcontrollers",
            "persistentvolumeclaims",
            "persistentvolumes",
        ],
        verbs: READ,
    },
    {
        apiGroups: ["apps"],
        resources: ["statefulsets", "replicasets", "daemonsets"],
        verbs: READ,
    },
    { apiGroups: ["batch"], resources: ["jobs"], verbs: READ },
    { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: READ },
    {
        apiGroups: ["resource.k8s.io"],
        resources: ["deviceclasses", "resourceslices", "resourceclaims"],
        verbs: READ,
    },
    {
        apiGroups: ["storage.k8s.io"],
        resources: [
            "storageclasses",
            "csinodes",
            "csidrivers",
            "csistoragecapacities",
            "volumeattachments",
        ],
        verbs: READ,
    },
];

/** What it may do in its own namespace: elect a leader, and write its status. */
export function namespaceRules(name: string): PolicyRule[] {
    const status = [`${name}-status`];
    return [
        { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["create"] },
        {
            apiGroups: ["coordination.k8s.io"],
            resources: ["leases"],
            resourceNames: [name],
            verbs: ["get", "update"],
        },
        { apiGroups: [""], resources: ["configmaps"], verbs: ["create", "list", "watch"] },
        {
            apiGroups: [""],
            resources: ["configmaps"],
            resourceNames: status,
            verbs: ["get", "update", "delete"],
        },
    ];
}

/** EKS puts it on the Auto Scaling groups of its node groups: https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html */
export function discoveryTag(clusterName: string): string {
    return `k8s.io/cluster-autoscaler/${clusterName}`;
}

/**
 * IAM: it reads Auto Scaling groups and what their instances are, and changes the size of those groups only that EKS
 * made for this cluster. The actions that describe know no resources
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html).
 */
export function iamStatements(
    clusterName: string,
    { partition, region, accountId }: NetworkFacts,
): pulumi.Input<aws.iam.PolicyStatement[]> {
    const nodeGroups = pulumi.interpolate`arn:${partition}:eks:${region}:${accountId}:nodegroup/${clusterName}/*`;
    return nodeGroups.apply((arn): aws.iam.PolicyStatement[] => [
        {
            Effect: "Allow",
            Action: [
                "autoscaling:DescribeAutoScalingGroups",
                "autoscaling:DescribeAutoScalingInstances",
                "autoscaling:DescribeLaunchConfigurations",
                "autoscaling:DescribeScalingActivities",
                "ec2:DescribeImages",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeLaunchTemplateVersions",
                "ec2:GetInstanceTypesFromInstanceRequirements",
            ],
            Resource: "*",
        },
        {
            Effect: "Allow",
            Action: "eks:DescribeNodegroup",
            Resource: arn,
        },
        {
            Effect: "Allow",
            Action: [
                "autoscaling:SetDesiredCapacity",
                "autoscaling:TerminateInstanceInAutoScalingGroup",
            ],
            Resource: "*",
            Condition: {
                StringEquals: { [`aws:ResourceTag/${discoveryTag(clusterName)}`]: "owned" },
            },
        },
    ]);
}
