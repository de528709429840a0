/**
 * EKS add-ons that a cluster of the stack's own can have, by the names that EKS gives them.
 * https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
export const ADD_ONS = [
    "vpc-cni",
    "kube-proxy",
    "coredns",
    "metrics-server",
    "aws-ebs-csi-driver",
    "amazon-cloudwatch-observability",
] as const;

/** One of them. */
export type AddOnName = (typeof ADD_ONS)[number];

/** The version that EKS recommends, whichever that is. */
export const RECOMMENDED = "recommended";

/** A build of an add-on, as `aws eks describe-addon-versions` lists them, or the word for the recommended one. */
export const addOnVersion = /^(recommended|v\d+\.\d+\.\d+-eksbuild\.\d+)$/;
