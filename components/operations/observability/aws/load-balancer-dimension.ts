import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Settings } from "../../../settings/settings";

/**
 * `app/<name>/<id>` of the Application Load Balancer before the gateway: the dimension of its metrics. Undefined where
 * there is none; a Network Load Balancer passes connections on and knows no HTTP status.
 *
 * @param address host name of the Ingress, `[internal-]<name>-<number>.<region>.elb.amazonaws.com`
 */
export function applicationLoadBalancer(
    { ingress }: Settings,
    address: pulumi.Output<string> | undefined,
    opts: pulumi.InvokeOptions,
): pulumi.Output<string> | undefined {
    if (ingress.kind !== "ingress" || ingress.ingressClass !== "alb" || !address) {
        return undefined;
    }
    return aws.lb.getLoadBalancerOutput({ name: address.apply(loadBalancerName) }, opts).arnSuffix;
}

/** The name of a load balancer, by its host name. */
export function loadBalancerName(host: string): string {
    const [label = ""] = host.split(".");
    return label.replace(/^internal-/, "").replace(/-\d+$/, "");
}
