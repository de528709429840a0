import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace } from "../../platform/platform";
import { serviceHost } from "../cluster-dns";
import { inNamespace } from "../options";
import { selectorLabels, workloadLabels } from "../../../contract/labels";
import { WorkloadArgs, WorkloadOptions } from "./workload";

export interface ServicePort {
    /** Of the container's port, too. */
    readonly name: string;
    readonly port: number;
}

export interface ServiceArgs extends Pick<
    WorkloadArgs,
    "name" | "component" | "platform" | "namespace"
> {
    /** Of the Service; the workload's when absent. */
    readonly serviceName?: string;
    readonly ports: readonly ServicePort[];
    /** Governs a StatefulSet: no address of its own, and pods are found before they are ready; default false. */
    readonly headless?: boolean;
    /** Kubernetes's own, ClusterIP, when absent. */
    readonly type?: "ClusterIP";
}

/**
 * The Service of a workload inside the cluster.
 *
 * @param resourceName of the Service in the stack
 */
export function service(
    resourceName: string,
    args: ServiceArgs,
    { parent }: Pick<WorkloadOptions, "parent">,
): k8s.core.v1.Service {
    const { name, component, platform, namespace, serviceName = name, headless, type } = args;
    return new k8s.core.v1.Service(
        resourceName,
        {
            metadata: {
                name: serviceName,
                namespace: namespace.name,
                labels: workloadLabels(name, component),
            },
            spec: {
                type,
                ...(headless ? { clusterIP: "None", publishNotReadyAddresses: true } : {}),
                selector: selectorLabels(name, component),
                ports: args.ports.map((port) => ({ ...port, targetPort: port.name })),
            },
        },
        inNamespace(parent, platform, namespace),
    );
}

/** The name of a Service for every pod of its cluster, known once the Service is there. */
export function hostOf(
    { metadata }: k8s.core.v1.Service,
    namespace: HysdsNamespace,
): pulumi.Output<string> {
    return pulumi
        .all([metadata.name, namespace.name])
        .apply(([name, space]) => serviceHost(name, space));
}
