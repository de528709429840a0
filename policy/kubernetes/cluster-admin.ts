import * as k8s from "@pulumi/kubernetes";
import { cisEks } from "../references";
import { rule } from "../rule";

export const clusterAdmin = rule({
    name: "no-cluster-admin-binding",
    description:
        "No workload is cluster-admin: people administer the cluster by EKS access entries, and nothing in it needs to.",
    reference: cisEks("4.1.1"),
    fix: "bind a Role of the namespace with what the workload needs.",
    severity: "critical",
})
    .checks(k8s.rbac.v1.ClusterRoleBinding, ({ roleRef }, { report }) => {
        if (roleRef.name === "cluster-admin") {
            report("the binding grants cluster-admin");
        }
    })
    .checks(k8s.rbac.v1.RoleBinding, ({ roleRef }, { report }) => {
        if (roleRef.kind === "ClusterRole" && roleRef.name === "cluster-admin") {
            report("the binding grants cluster-admin");
        }
    });
