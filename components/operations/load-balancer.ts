import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Labels } from "../../contract/labels";
import { HysdsNamespace, Platform } from "../platform/platform";
import { IngressSettings } from "../settings/settings";

export interface LoadBalancerArgs {
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    readonly ingress: IngressSettings;
    readonly labels: Labels;
    /** Labels of the pods behind it. */
    readonly pods: Labels;
    readonly port: k8s.types.input.core.v1.ServicePort;
    /** Ends TLS at the load balancer, on port 443. */
    readonly certificateArn?: string;
}

/**
 * A Service of type LoadBalancer, internal or internet-facing as configured, which admits `allowedCidrs` only.
 *
 * @param name of the resource and of the Service
 * @throws Error without `allowedCidrs`, because Kubernetes reads an empty list as everyone
 */
export function loadBalancer(
    name: string,
    args: LoadBalancerArgs,
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Service {
    const { platform, namespace, ingress } = args;
    if (ingress.allowedCidrs.length === 0) {
        throw new Error(
            `Load balancer ${name} would admit everyone: set hysds:ingressAllowedCidrs.`,
        );
    }
    const { scheme } = ingress;
    const { certificateArn } = args;
    return new k8s.core.v1.Service(
        name,
        {
            metadata: {
                name,
                namespace: namespace.name,
                labels: args.labels,
                annotations: platform.loadBalancerAnnotations({
                    scheme,
                    ...(certificateArn ? { certificateArn } : {}),
                }),
            },
            spec: {
                type: "LoadBalancer",
                selector: args.pods,
                ports: [args.port],
                loadBalancerSourceRanges: [...ingress.allowedCidrs],
            },
        },
        opts,
    );
}

interface LoadBalancerStatus {
    readonly loadBalancer?: {
        readonly ingress?: readonly { readonly hostname?: string; readonly ip?: string }[];
    };
}

/** The address that a Service or an Ingress was given; `pending` until then. */
export function addressOf(
    status: pulumi.Output<LoadBalancerStatus | undefined>,
): pulumi.Output<string> {
    return status.apply((value) => {
        const [first] = value?.loadBalancer?.ingress ?? [];
        return first?.hostname ?? first?.ip ?? "pending";
    });
}
