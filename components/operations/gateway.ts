import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { disruptionBudget, spreadOverNodes } from "../kubernetes/availability";
import { ImageSources } from "../kubernetes/images";
import { selectorLabels, workloadLabels } from "../kubernetes/labels";
import { allowIngress, Peer } from "../kubernetes/network-policy";
import { inNamespace } from "../kubernetes/options";
import { httpProbe } from "../kubernetes/probes";
import { restrictedPod } from "../kubernetes/security";
import { HysdsNamespace, Platform } from "../platform/platform";
import { GatewayRoute, HEALTH_PATH, renderGatewayConfig } from "./gateway-config";
import { NGINX_UID, nginxContainer, nginxVolumes } from "./nginx";

const PORT = 8080;
const NAME = "gateway";
const METADATA_LABELS = workloadLabels(NAME, "gateway");

/** What selects the gateway's pods; services admit these. */
export const gatewayLabels = selectorLabels(NAME, "gateway");

export interface GatewayArgs {
    readonly platform: Platform;
    readonly namespace: HysdsNamespace;
    readonly images: ImageSources;
    readonly routes: readonly GatewayRoute[];
    readonly externalScheme: "http" | "https";
    readonly replicas: number;
    /**
     * Who may connect; nobody when empty, which `kubectl port-forward` gets past, because it connects inside the pod.
     */
    readonly from: readonly Peer[];
}

/**
 * The one way to the web pages and APIs of HySDS: an nginx Deployment that routes by path prefix, and a ClusterIP
 * Service on port 80. It asks nobody for a password, as HySDS's own Apache did not: who can reach it is decided before
 * it.
 */
export class Gateway extends pulumi.ComponentResource {
    /** The ClusterIP Service, `gateway`, port 80. */
    public readonly service: k8s.core.v1.Service;
    /** Port name of the gateway's pods, for other Services that select them. */
    public readonly targetPort = "http";

    constructor(name: string, args: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:Gateway", name, {}, opts);
        const { namespace, replicas, from } = args;
        const childOptions = inNamespace(this, args.platform, namespace);
        const config = new k8s.core.v1.ConfigMap(
            `${name}-config`,
            {
                metadata: { namespace: namespace.name, labels: METADATA_LABELS },
                data: { "nginx.conf.template": gatewayConfig(args) },
            },
            childOptions,
        );
        new k8s.apps.v1.Deployment(name, deployment(args, config), childOptions);
        this.service = new k8s.core.v1.Service(name, service(namespace), childOptions);
        const pods = gatewayLabels;
        if (from.length > 0) {
            allowIngress(NAME, { namespace, pods, ports: [PORT], from }, childOptions);
        }
        if (replicas > 1) {
            disruptionBudget(NAME, { namespace, pods, maxUnavailable: 1 }, childOptions);
        }
        this.registerOutputs({ service: this.service.metadata.name });
    }
}

function gatewayConfig({ routes, externalScheme }: GatewayArgs): string {
    const resolvers = "${NGINX_LOCAL_RESOLVERS}";
    return renderGatewayConfig({ port: PORT, routes, externalScheme, resolvers });
}

function service(namespace: HysdsNamespace): k8s.core.v1.ServiceArgs {
    return {
        metadata: { name: NAME, namespace: namespace.name, labels: METADATA_LABELS },
        spec: {
            type: "ClusterIP",
            selector: gatewayLabels,
            ports: [{ name: "http", port: 80, targetPort: "http" }],
        },
    };
}

function deployment(args: GatewayArgs, config: k8s.core.v1.ConfigMap): k8s.apps.v1.DeploymentArgs {
    return {
        metadata: { name: NAME, namespace: args.namespace.name, labels: METADATA_LABELS },
        spec: {
            replicas: args.replicas,
            selector: { matchLabels: gatewayLabels },
            strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
            template: {
                metadata: { labels: METADATA_LABELS },
                spec: {
                    ...args.platform.servicePlacement,
                    automountServiceAccountToken: false,
                    enableServiceLinks: false,
                    securityContext: restrictedPod({ uid: NGINX_UID }),
                    topologySpreadConstraints: spreadOverNodes(gatewayLabels),
                    terminationGracePeriodSeconds: 60,
                    containers: [container(args.images)],
                    volumes: nginxVolumes(config.metadata.name, "2Gi"),
                },
            },
        },
    };
}

function container(images: ImageSources): k8s.types.input.core.v1.Container {
    return nginxContainer(images, {
        ports: [{ name: "http", containerPort: PORT }],
        resources: {
            requests: { cpu: "25m", memory: "32Mi" },
            limits: { cpu: "500m", memory: "256Mi" },
        },
        // Endpoints forget the pod first; then nginx finishes the requests it has.
        lifecycle: { preStop: { exec: { command: ["sleep", "5"] } } },
        readinessProbe: httpProbe(HEALTH_PATH, PORT, { periodSeconds: 5 }),
        livenessProbe: httpProbe(HEALTH_PATH, PORT),
    });
}
