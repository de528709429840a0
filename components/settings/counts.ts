import type { IngressSettings, NetworkSettings } from "./settings";

/** NAT gateways of a VPC of the stack's own, each with a public address. */
export function natGatewayCount(network: Extract<NetworkSettings, { kind: "new" }>): number {
    return network.natGateways === "single" ? 1 : network.availabilityZones;
}

/** Load balancers that people come in by. An Ingress is served by a controller that is not of the stack. */
export function networkLoadBalancerCount(
    ingress: Pick<IngressSettings, "kind" | "mozartLoadBalancer">,
): number {
    return Number(ingress.kind === "load-balancer") + Number(ingress.mozartLoadBalancer);
}
