import * as k8s from "@pulumi/kubernetes";
import { fsbp } from "../references";
import { isInternalIngress, isInternalService, isLoadBalancer } from "../resources/load-balancer";
import { rule } from "../rule";
import { flag } from "../setting";

export const loadBalancerInternal = rule({
    name: "load-balancer-internal",
    description:
        "Load balancers are inside the VPC: the REST APIs of mozart and GRQ accept jobs and datasets without a login.",
    reference: fsbp("EC2.9"),
    fix: "pulumi config set hysds:ingressScheme internal, or allow it by this rule's allowInternetFacing.",
    severity: "high",
    settings: { allowInternetFacing: flag("Accept load balancers with public addresses.", false) },
    // Clusters outside of AWS know no internal load balancers.
    enforcement: { local: "disabled" },
})
    .checks(k8s.core.v1.Service, (service, { report, settings }) => {
        const annotations = service.metadata?.annotations ?? {};
        if (
            !settings.allowInternetFacing &&
            isLoadBalancer(service) &&
            !isInternalService(annotations)
        ) {
            report("no annotation makes the Service's load balancer internal");
        }
    })
    .checks(k8s.networking.v1.Ingress, (ingress, { report, settings }) => {
        const annotations = ingress.metadata?.annotations ?? {};
        if (!settings.allowInternetFacing && !isInternalIngress(annotations)) {
            report("alb.ingress.kubernetes.io/scheme is not internal");
        }
    });
