/** Namespace of the cluster autoscaler. */
export const CLUSTER_AUTOSCALER_NAMESPACE = "cluster-autoscaler";

/** Namespace that the EKS add-on amazon-cloudwatch-observability makes. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html */
export const CLOUDWATCH_NAMESPACE = "amazon-cloudwatch";

/**
 * Why a namespace cannot be one of the stack's own, to which it would give a Pod Security level and policies; undefined
 * when it can. Names that begin with `kube-` are Kubernetes' own:
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#working-with-namespaces
 */
export function takenBy(namespace: string): string | undefined {
    if (namespace === "default" || namespace.startsWith("kube-")) {
        return "this namespace is Kubernetes' own";
    }
    return namespace === CLUSTER_AUTOSCALER_NAMESPACE || namespace === CLOUDWATCH_NAMESPACE
        ? `this namespace is that of ${namespace}`
        : undefined;
}
