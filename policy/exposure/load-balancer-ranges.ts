import * as k8s from "@pulumi/kubernetes";
import { fsbp } from "../references";
import { isInternet } from "../resources/cidr";
import { ingressRanges, isLoadBalancer, serviceRanges } from "../resources/load-balancer";
import { ResourceCheck, rule } from "../rule";
import type { Settings } from "../setting";

export const loadBalancerRanges = rule({
    name: "load-balancer-restricted",
    description:
        "Load balancers admit named networks: without ranges Kubernetes opens their security group to everyone.",
    reference: fsbp("EC2.18"),
    fix: "name the networks in hysds:ingressAllowedCidrs, none as wide as the Internet.",
    severity: "high",
})
    .checks(k8s.core.v1.Service, (service, context) => {
        if (isLoadBalancer(service)) {
            checkRanges(serviceRanges(service), context);
        }
    })
    .checks(k8s.networking.v1.Ingress, (ingress, context) => {
        const ranges = ingressRanges(ingress);
        if (ranges !== undefined) {
            checkRanges(ranges, context);
        }
    });

function checkRanges(ranges: readonly string[], context: ResourceCheck<Settings>): void {
    if (ranges.length === 0) {
        context.report("no source ranges are given, which admits everyone");
    }
    context.each(ranges, (range) => {
        if (isInternet(range)) {
            context.report(`source ranges have ${range}`);
        }
    });
}
