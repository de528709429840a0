import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ImageSources } from "../kubernetes/images";
import { selectorLabels, workloadLabels } from "../../contract/labels";
import { lameDuck } from "../kubernetes/lame-duck";
import { Peer } from "../kubernetes/network-policy";
import { inNamespace } from "../kubernetes/options";
import { httpProbe } from "../kubernetes/probes";
import { ContainerArgs, deployment, ONE_MORE, PodArgs, service } from "../kubernetes/workload";
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
        const { platform, namespace, from } = args;
        const config = new k8s.core.v1.ConfigMap(
            `${name}-config`,
            {
                metadata: { namespace: namespace.name, labels: METADATA_LABELS },
                data: { "nginx.conf.template": gatewayConfig(args) },
            },
            inNamespace(this, platform, namespace),
        );
        const workload = { name: NAME, component: "gateway", platform, namespace } as const;
        deployment(
            name,
            {
                ...workload,
                replicas: args.replicas,
                strategy: ONE_MORE,
                pod: pod(args, config),
                admits: from.length > 0 ? [{ ports: [PORT], from }] : [],
            },
            { parent: this },
        );
        this.service = service(
            name,
            { ...workload, type: "ClusterIP", ports: [{ name: "http", port: 80 }] },
            { parent: this },
        );
        this.registerOutputs({ service: this.service.metadata.name });
    }
}

function gatewayConfig({ routes, externalScheme, platform }: GatewayArgs): string {
    const { clusterDomain } = platform;
    const resolvers = "${NGINX_LOCAL_RESOLVERS}";
    return renderGatewayConfig({ port: PORT, routes, externalScheme, resolvers, clusterDomain });
}

function pod(args: GatewayArgs, config: k8s.core.v1.ConfigMap): PodArgs {
    return {
        uid: NGINX_UID,
        placement: args.platform.servicePlacement,
        spread: true,
        graceSeconds: 60,
        containers: [container(args.images)],
        volumes: nginxVolumes(config.metadata.name, "2Gi"),
    };
}

function container(images: ImageSources): ContainerArgs {
    return nginxContainer(images, {
        ports: [{ name: "http", containerPort: PORT }],
        resources: {
            requests: { cpu: "25m", memory: "32Mi" },
            limits: { cpu: "500m", memory: "256Mi" },
        },
        // Endpoints forget the pod first; then nginx finishes the requests it has.
        lifecycle: lameDuck(5),
        readinessProbe: httpProbe(HEALTH_PATH, PORT, { periodSeconds: 5 }),
        livenessProbe: httpProbe(HEALTH_PATH, PORT),
    });
}
