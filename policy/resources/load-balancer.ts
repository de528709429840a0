import * as k8s from "@pulumi/kubernetes";
import type { Inputs } from "../rule";

type Annotations = Readonly<Record<string, string>>;
type Service = Inputs<k8s.types.input.core.v1.Service>;
type Ingress = Inputs<k8s.types.input.networking.v1.Ingress>;

const SERVICE = "service.beta.kubernetes.io/aws-load-balancer";
const ALB = "alb.ingress.kubernetes.io";
const NGINX = "nginx.ingress.kubernetes.io";

export function isLoadBalancer(service: Service): boolean {
    return service.spec?.type === "LoadBalancer";
}

/**
 * Whether a Service's load balancer is inside the VPC. Two controllers make them, each with an annotation of its own,
 * and both make public ones unless told otherwise.
 */
export function isInternalService(annotations: Annotations): boolean {
    return (
        annotations[`${SERVICE}-internal`] === "true" ||
        annotations[`${SERVICE}-scheme`] === "internal"
    );
}

/** Whether an Ingress of the AWS Load Balancer Controller makes a load balancer inside the VPC, as is its default. */
export function isInternalIngress(annotations: Annotations): boolean {
    return (annotations[`${ALB}/scheme`] ?? "internal") === "internal";
}

/** The ranges that a Service's load balancer admits; none means everyone. */
export function serviceRanges(service: Service): readonly string[] {
    return service.spec?.loadBalancerSourceRanges ?? [];
}

/** The ranges that an Ingress of one of the two known controllers admits; undefined for other classes. */
export function ingressRanges(ingress: Ingress): readonly string[] | undefined {
    const annotations = ingress.metadata?.annotations ?? {};
    const ingressClass = ingress.spec?.ingressClassName;
    const key = { alb: `${ALB}/inbound-cidrs`, nginx: `${NGINX}/whitelist-source-range` }[
        ingressClass ?? ""
    ];
    if (key === undefined) {
        return undefined;
    }
    const ranges = annotations[key];
    return ranges === undefined ? [] : ranges.split(",").map((range) => range.trim());
}
