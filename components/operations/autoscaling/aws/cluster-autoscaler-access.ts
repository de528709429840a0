import * as k8s from "@pulumi/kubernetes";

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
