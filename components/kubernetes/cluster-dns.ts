/** The domain of a cluster's Services, unless it was made with another: that of EKS, minikube, kind, Docker Desktop. */
export const DEFAULT_CLUSTER_DOMAIN = "cluster.local";

const SERVICE = ".svc";

/**
 * The name of a Service for every pod of its cluster, whose resolver adds the cluster's domain
 * (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/).
 */
export function serviceHost(name: string, namespace: string): string {
    return `${name}.${namespace}${SERVICE}`;
}

/**
 * A host in full, for resolvers that add no domain, as nginx's. One that is not a Service's stays.
 *
 * @param clusterDomain such as `cluster.local`
 */
export function qualifiedHost(host: string, clusterDomain: string): string {
    return host.endsWith(SERVICE) ? `${host}.${clusterDomain}` : host;
}
