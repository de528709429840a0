/**
 * Annotations by which the AWS cloud provider of EKS makes a Network Load Balancer for a Service, without the AWS
 * Load Balancer Controller, and so without its `aws-load-balancer-scheme`, which this provider does not read
 * (https://github.com/kubernetes/cloud-provider-aws/blob/master/docs/service_controller.md).
 *
 * With a certificate, port 443 terminates TLS; every other port of the Service stays plain TCP.
 *
 * @param args.subnetIds where to place it; discovered by subnet tags when empty
 * @param args.tags tags of the load balancer; those with a comma or an equals sign in them cannot be expressed here
 */
export function loadBalancerAnnotations(args: {
    readonly scheme: "internal" | "internet-facing";
    readonly certificateArn?: string;
    readonly subnetIds: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
}): Record<string, string> {
    const tags = Object.entries(args.tags)
        .filter((pair) => !/[,=]/.test(pair.join("")))
        .map((pair) => pair.join("="));
    const annotations: Record<string, string | undefined> = {
        type: "nlb",
        internal: args.scheme === "internal" ? "true" : undefined,
        "ssl-cert": args.certificateArn,
        "ssl-ports": args.certificateArn ? "443" : undefined,
        "ssl-negotiation-policy": args.certificateArn
            ? "ELBSecurityPolicy-TLS13-1-2-2021-06"
            : undefined,
        subnets: args.subnetIds.join(",") || undefined,
        "additional-resource-tags": tags.join(",") || undefined,
    };
    return Object.fromEntries(
        Object.entries(annotations).flatMap(([key, value]) =>
            value === undefined
                ? []
                : [[`service.beta.kubernetes.io/aws-load-balancer-${key}`, value]],
        ),
    );
}
