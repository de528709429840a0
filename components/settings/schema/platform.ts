import { z } from "zod";
import { logRetentionDays } from "../limits/cloudwatch";
import { kubernetesVersions } from "../limits/kubernetes";
import { key, optional } from "./key";
import * as patterns from "./patterns";

/** Keys about the VPC. */
export const networkKeys = {
    vpcCidr: key(z.string(), {
        group: "Network",
        default: "10.0.0.0/16",
        description: "Address range of the VPC that the stack creates.",
        allowed: "a private IPv4 network of /16 to /21",
        scope: "new-network",
    }),
    availabilityZones: key(z.int().min(2).max(3), {
        group: "Network",
        default: 2,
        description: "Availability zones of the VPC that the stack creates. EKS needs two.",
        scope: "new-network",
    }),
    natGateways: key(z.enum(["single", "per-zone"]), {
        group: "Network",
        default: "single",
        description:
            "NAT gateways: one for all zones, cheaper, or one in each, which survives the loss of a zone.",
        scope: "new-network",
    }),
    interfaceEndpoints: key(z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/)), {
        group: "Network",
        default: ["ecr.api", "ecr.dkr", "sts", "logs"],
        description:
            "AWS services that private nodes reach without the NAT gateway, beside the S3 gateway endpoint. Each is billed by zone and hour.",
        allowed: "AWS service names after com.amazonaws.<region>.",
        example: "sts",
        scope: "new-network",
    }),
    vpcId: key(optional(patterns.vpcId), {
        group: "Network",
        default: "",
        description: "VPC to use instead of creating one.",
        allowed: "empty, or vpc- and 8 to 17 hexadecimal digits",
        scope: "aws",
    }),
    privateSubnetIds: key(z.array(z.string().regex(patterns.subnetId)), {
        group: "Network",
        default: [],
        description:
            "Private subnets of vpcId, one in each zone: nodes and stores live in them. They need a route to the Internet or VPC endpoints.",
        allowed: "subnet- and 8 to 17 hexadecimal digits, each once",
        example: "subnet-0123456789abcdef0",
        scope: "existing-network",
    }),
    publicSubnetIds: key(z.array(z.string().regex(patterns.subnetId)), {
        group: "Network",
        default: [],
        description: "Public subnets of vpcId, for internet-facing load balancers.",
        allowed: "subnet- and 8 to 17 hexadecimal digits, each once",
        example: "subnet-0123456789abcdef1",
        scope: "existing-network",
    }),
};

/** Keys about the EKS cluster. */
export const clusterKeys = {
    kubernetesVersion: key(z.enum(Object.keys(kubernetesVersions)), {
        group: "EKS cluster",
        default: "1.35",
        description: "Kubernetes minor version.",
        scope: "aws",
    }),
    endpointPublicAccess: key(z.boolean(), {
        group: "EKS cluster",
        default: false,
        description:
            "Open the cluster's API to publicAccessCidrs, beside the VPC. Without it pulumi up needs a network path into the VPC.",
        scope: "aws",
    }),
    publicAccessCidrs: key(z.array(z.string()), {
        group: "EKS cluster",
        default: [],
        description: "Who may reach the cluster's public API endpoint.",
        allowed: "IPv4 networks",
        example: "203.0.113.0/24",
        scope: "aws",
    }),
    adminPrincipalArns: key(z.array(z.string().regex(patterns.iamPrincipalArn)), {
        group: "EKS cluster",
        default: [],
        description: "IAM roles and users that administer the cluster, beside its creator.",
        allowed: "arn:<aws|aws-us-gov|aws-cn>:iam::<account>:role/<name> or :user/<name>",
        example: "arn:aws:iam::123456789012:role/hysds-admin",
        scope: "aws",
    }),
    logRetentionDays: key(z.literal(logRetentionDays), {
        group: "EKS cluster",
        default: 30,
        description:
            "How long CloudWatch keeps the logs of the control plane and the stores, days.",
        scope: "aws",
    }),
};

const instanceTypes = z.array(z.string().regex(patterns.instanceType)).min(1);
const capacityType = z.enum(["ON_DEMAND", "SPOT"]);

/** Keys about the two managed node groups. */
export const nodeKeys = {
    serviceNodeInstanceTypes: key(instanceTypes, {
        group: "Node groups",
        default: ["m6i.xlarge"],
        description: "Instance types of the nodes that run the HySDS services.",
        allowed: "one or more EC2 instance types of one processor architecture",
        example: "m6i.xlarge",
        scope: "aws",
    }),
    serviceNodeCapacityType: key(capacityType, {
        group: "Node groups",
        default: "ON_DEMAND",
        description: "How service nodes are bought.",
        scope: "aws",
    }),
    serviceNodeMinSize: key(z.int().min(1).max(450), {
        group: "Node groups",
        default: 3,
        description:
            "Fewest service nodes. They must hold the services: nothing adds nodes without a cluster autoscaler.",
        scope: "aws",
    }),
    serviceNodeMaxSize: key(z.int().min(1).max(450), {
        group: "Node groups",
        default: 6,
        description: "Most service nodes, for a cluster autoscaler.",
        scope: "aws",
    }),
    serviceNodeDiskGiB: key(z.int().min(20).max(16384), {
        group: "Node groups",
        default: 100,
        description: "Root volume of a service node, GiB.",
        scope: "aws",
    }),
    jobNodeInstanceTypes: key(instanceTypes, {
        group: "Node groups",
        default: ["m6id.2xlarge", "m5d.2xlarge"],
        description:
            "Instance types of the nodes that run jobs. Several make interruptions of spot capacity rarer.",
        allowed: "one or more EC2 instance types of one processor architecture",
        example: "m6id.2xlarge",
        scope: "aws",
    }),
    jobNodeCapacityType: key(capacityType, {
        group: "Node groups",
        default: "ON_DEMAND",
        description:
            "How job nodes are bought. SPOT is cheaper and ends running jobs now and then.",
        scope: "aws",
    }),
    jobNodeMinSize: key(z.int().min(0).max(450), {
        group: "Node groups",
        default: 1,
        description: "Fewest job nodes.",
        scope: "aws",
    }),
    jobNodeMaxSize: key(z.int().min(1).max(450), {
        group: "Node groups",
        default: 10,
        description: "Most job nodes, for a cluster autoscaler.",
        scope: "aws",
    }),
    jobNodeDiskGiB: key(z.int().min(20).max(16384), {
        group: "Node groups",
        default: 100,
        description:
            "Root volume of a job node, GiB. It holds /data/work too when jobNodeWorkDisk is ebs.",
        scope: "aws",
    }),
    jobNodeWorkDisk: key(z.enum(["nvme", "ebs"]), {
        group: "Node groups",
        default: "nvme",
        description:
            "Disk of /data/work: the instance store of the node, as one RAID 0, or its root volume.",
        scope: "aws",
    }),
};

/** Keys about a cluster that is already there. */
export const existingKeys = {
    kubeconfig: key(z.string(), {
        group: "Existing cluster",
        default: "",
        description:
            "Path of a kubeconfig, or its content as a secret. Empty: KUBECONFIG, else ~/.kube/config.",
        allowed: "empty, a path, or the content of a kubeconfig set with --secret",
        scope: "existing",
        secret: true,
    }),
    kubernetesContext: key(z.string(), {
        group: "Existing cluster",
        default: "",
        description: "Context of the kubeconfig. Empty: its current one.",
        allowed: "the name of a context",
        scope: "existing",
    }),
    storageClass: key(optional(/^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/), {
        group: "Existing cluster",
        default: "",
        description: "StorageClass of volumes. Empty: the cluster's default.",
        allowed: "empty, or the name of a StorageClass",
        scope: "existing",
    }),
};
