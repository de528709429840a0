import { IngressSettings } from "../settings/settings";

/**
 * Annotations of an Ingress: the certificate's issuer, and, in the words of the two controllers that have words for
 * it, who may connect and how long requests may be. Other classes limit neither here; `ingressAllowedCidrs` is then
 * for their own configuration.
 *
 * `alb`: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/.
 * `nginx`: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/.
 */
export function ingressAnnotations(ingress: IngressSettings): Record<string, string> {
    return {
        ...(ingress.tls === "cert-manager" && ingress.clusterIssuer
            ? { "cert-manager.io/cluster-issuer": ingress.clusterIssuer }
            : {}),
        ...(ingress.ingressClass === "alb" ? albAnnotations(ingress) : {}),
        ...(ingress.ingressClass === "nginx" ? nginxAnnotations(ingress) : {}),
    };
}

function albAnnotations(ingress: IngressSettings): Record<string, string> {
    const port = ingress.tls === "none" ? { HTTP: 80 } : { HTTPS: 443 };
    return prefixed("alb.ingress.kubernetes.io", {
        scheme: ingress.scheme,
        "target-type": "ip",
        "listen-ports": JSON.stringify([port]),
        "inbound-cidrs": ingress.allowedCidrs.join(","),
        "healthcheck-path": "/healthz",
        // The longest that an Application Load Balancer takes is 4000 s.
        "load-balancer-attributes": "idle_timeout.timeout_seconds=3600",
        ...(ingress.certificateArn ? { "certificate-arn": ingress.certificateArn } : {}),
    });
}

function nginxAnnotations(ingress: IngressSettings): Record<string, string> {
    return prefixed("nginx.ingress.kubernetes.io", {
        "whitelist-source-range": ingress.allowedCidrs.join(","),
        "proxy-body-size": "256m",
        "proxy-read-timeout": "3600",
        "proxy-send-timeout": "3600",
    });
}

function prefixed(prefix: string, annotations: Record<string, string>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [`${prefix}/${key}`, value]),
    );
}
