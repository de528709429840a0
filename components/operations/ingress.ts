import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Workload, serviceNamed } from "../hysds/catalog/workload";
import { ServiceSpec } from "../hysds/catalog/workload-spec";
import { selectorLabels, workloadLabels } from "../../contract/labels";
import { allowIngress, Peer } from "../kubernetes/network-policy";
import { inNamespace } from "../kubernetes/options";
import { HysdsNamespace, Platform } from "../platform/platform";
import { IngressSettings, Settings } from "../settings/settings";
import { Gateway, gatewayLabels } from "./gateway";
import { GatewayRoute, gatewayRoutes } from "./gateway-config";
import { ingressAnnotations } from "./ingress-annotations";
import { addressOf, loadBalancer } from "./load-balancer";

/** The local port that {@link Access.portForwardCommand} opens. */
const LOCAL_PORT = 8080;

/** How people reach an installation. */
export interface Access {
    /** Where the gateway answers; absent when only port-forwarding reaches it. */
    readonly url?: pulumi.Output<string>;
    /** Host name of the load balancer or Ingress: what a DNS record of `domain` points to. */
    readonly address?: pulumi.Output<string>;
    /** Of each service, by its title in lower case; on localhost where {@link Access.url} is absent. */
    readonly urls: Record<string, pulumi.Output<string>>;
    /** Reaches the gateway at http://localhost:8080 whatever stands before it. */
    readonly portForwardCommand: string;
}

interface Entrance {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    readonly gateway: Gateway;
}

/**
 * Makes the gateway to the services of HySDS and what stands before it, by `ingress.kind`: nothing, a load balancer
 * (internal and for private addresses unless configured otherwise, TLS by an ACM certificate on port 443), or an
 * Ingress (TLS by cert-manager or by the controller's own certificate). With `mozartLoadBalancer`, also a Service of
 * type LoadBalancer that leads to Mozart on port 8888 without TLS, as the VM era had it.
 *
 * @throws Error when a load balancer is to be made without `allowedCidrs`
 */
export function createIngress(
    settings: Settings,
    platform: Platform,
    workloads: readonly Workload[],
): Access {
    const { ingress, hysds } = settings;
    const namespace = platform.namespace(hysds.namespace, "restricted");
    const routes = gatewayRoutes(workloads, hysds.namespace);
    const gateway = new Gateway("gateway", {
        platform,
        namespace,
        images: settings.images,
        routes,
        externalScheme: scheme(ingress),
        replicas: hysds.size === "standard" ? 2 : 1,
        from: gatewayPeers(ingress),
    });
    const entrance = { settings, platform, namespace, gateway };
    const address = createEntrance(entrance);
    const url = address && pulumi.interpolate`${scheme(ingress)}://${ingress.domain ?? address}`;
    if (ingress.mozartLoadBalancer) {
        exposeMozart(entrance, serviceNamed(workloads, "mozart"));
    }
    return {
        ...(url && address ? { url, address } : {}),
        urls: urls(url ?? pulumi.output(`http://localhost:${LOCAL_PORT}`), routes),
        portForwardCommand: `kubectl --namespace ${hysds.namespace} port-forward service/gateway ${LOCAL_PORT}:80`,
    };
}

function scheme(ingress: IngressSettings): "http" | "https" {
    return ingress.kind === "none" || ingress.tls === "none" ? "http" : "https";
}

/** Load balancers, and ALBs that target pods, arrive from addresses outside the cluster's pods. */
function gatewayPeers({ kind, ingressClass }: IngressSettings): Peer[] {
    if (kind === "none") {
        return [];
    }
    return kind === "load-balancer" || ingressClass === "alb" ? ["any-address"] : ["any-pod"];
}

/** The address of what stands before the gateway. */
function createEntrance(entrance: Entrance): pulumi.Output<string> | undefined {
    const { ingress } = entrance.settings;
    if (ingress.kind === "none") {
        return undefined;
    }
    return ingress.kind === "load-balancer"
        ? addressOf(gatewayLoadBalancer(entrance).status)
        : addressOf(gatewayIngress(entrance).status);
}

function gatewayLoadBalancer(entrance: Entrance): k8s.core.v1.Service {
    const { platform, namespace, gateway } = entrance;
    const { ingress } = entrance.settings;
    const { certificateArn } = ingress;
    const secure = scheme(ingress) === "https";
    return loadBalancer(
        "gateway-load-balancer",
        {
            platform,
            namespace,
            ingress,
            labels: workloadLabels("gateway", "gateway"),
            pods: gatewayLabels,
            port: secure
                ? { name: "https", port: 443, targetPort: gateway.targetPort }
                : { name: "http", port: 80, targetPort: gateway.targetPort },
            ...(secure && certificateArn ? { certificateArn } : {}),
        },
        inNamespace(gateway, platform, namespace),
    );
}

function gatewayIngress(entrance: Entrance): k8s.networking.v1.Ingress {
    const { platform, namespace, gateway } = entrance;
    const { domain, ingressClass, ...ingress } = entrance.settings.ingress;
    const backend = { service: { name: gateway.service.metadata.name, port: { name: "http" } } };
    const host = domain ? { host: domain } : {};
    return new k8s.networking.v1.Ingress(
        "gateway-ingress",
        {
            metadata: {
                name: "gateway",
                namespace: namespace.name,
                labels: workloadLabels("gateway", "gateway"),
                annotations: ingressAnnotations(entrance.settings.ingress),
            },
            spec: {
                ...(ingressClass ? { ingressClassName: ingressClass } : {}),
                ...(ingress.tls === "cert-manager" && domain
                    ? { tls: [{ hosts: [domain], secretName: "gateway-tls" }] }
                    : {}),
                rules: [{ ...host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
            },
        },
        inNamespace(gateway, platform, namespace),
    );
}

function exposeMozart(entrance: Entrance, { name, component, port }: ServiceSpec): void {
    const { platform, namespace, gateway, settings } = entrance;
    const pods = selectorLabels(name, component);
    const childOptions = inNamespace(gateway, platform, namespace);
    loadBalancer(
        "mozart-load-balancer",
        {
            platform,
            namespace,
            ingress: settings.ingress,
            labels: workloadLabels(name, component),
            pods,
            port: { name: "http", port, targetPort: port },
        },
        childOptions,
    );
    allowIngress(
        "mozart-load-balancer",
        { namespace, pods, ports: [port], from: ["any-address"] },
        childOptions,
    );
}

function urls(
    base: pulumi.Output<string>,
    routes: readonly GatewayRoute[],
): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(
        routes.flatMap(({ prefix, title }) =>
            title === undefined
                ? []
                : [[title.toLowerCase(), pulumi.interpolate`${base}${prefix}/`] as const],
        ),
    );
}
