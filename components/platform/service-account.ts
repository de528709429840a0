import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace } from "./platform";

/**
 * The ServiceAccount of one workload, by the workload's name. Its token is not mounted: no HySDS process calls the
 * Kubernetes API, and the token that AWS needs comes in a volume of its own
 * (https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html).
 */
export function serviceAccount(
    name: string,
    args: {
        readonly workload: string;
        readonly namespace: HysdsNamespace;
        readonly annotations?: Record<string, pulumi.Input<string>>;
    },
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.ServiceAccount {
    const { annotations } = args;
    return new k8s.core.v1.ServiceAccount(
        name,
        {
            metadata: {
                name: args.workload,
                namespace: args.namespace.name,
                labels: {
                    "app.kubernetes.io/part-of": "hysds",
                    "app.kubernetes.io/managed-by": "pulumi",
                },
                ...(annotations ? { annotations } : {}),
            },
            automountServiceAccountToken: false,
        },
        { ...opts, deletedWith: args.namespace.resource },
    );
}
