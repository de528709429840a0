import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Backends } from "../backends/backends";
import { Endpoint } from "../backends/endpoint";
import { Workload, services } from "../hysds/catalog/workload";
import { serviceHost } from "../kubernetes/cluster-dns";
import { ImageSources } from "../kubernetes/images";
import { workloadLabels } from "../../contract/labels";
import { inNamespace } from "../kubernetes/options";
import { execProbe } from "../kubernetes/probes";
import { ContainerArgs, deployment, ONE_MORE, PodArgs } from "../kubernetes/workload";
import { Platform } from "../platform/platform";
import { Settings } from "../settings/settings";
import {
    RelayTarget,
    INSTALLATION_KEY,
    INSTALLATION_SECRET,
    InstallationFile,
    RELAY_NAME,
    StoreTarget,
} from "../../contract/installation-file";
import { NGINX_UID, nginxContainer, nginxVolumes } from "./nginx";
import { renderRelayConfig } from "./relay-config";
import { isOwners } from "./stores";

export interface OperationsRelayArgs {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly backends: Backends;
    readonly workloads: readonly Workload[];
}

/** The relay's own ports for the stores; a service has the port that it has anyway. */
const STORE_PORTS: Readonly<Record<StoreTarget, number>> = {
    rabbitmq: 15672,
    "mozart-search": 9200,
    "grq-search": 9201,
    "metrics-search": 9202,
    "jobs-redis": 6379,
    "metrics-redis": 6380,
};

/** What one port of the relay leads to. */
interface Target {
    readonly name: string;
    /** Of the relay. */
    readonly port: number;
    readonly endpoint: Endpoint;
    readonly alivePath?: string;
}

const METADATA_LABELS = workloadLabels(RELAY_NAME, "operations");

/**
 * The way of `hysds-ops` to the stores and APIs of HySDS: one small nginx pod that passes TCP on to each of them, and
 * the Secret `hysds-operations` with their addresses and passwords. It listens on its loopback only and has no Service:
 * who may use it is who may forward ports to pods of the namespace and read the Secret. As a pod of the namespace of
 * the services it is admitted wherever those are.
 */
export class OperationsRelay extends pulumi.ComponentResource {
    /** @param name of the component, and start of the names of its resources */
    constructor(name: string, args: OperationsRelayArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:OperationsRelay", name, {}, opts);
        const { platform, settings } = args;
        const namespace = platform.namespace(settings.hysds.namespace, "restricted");
        const childOptions = inNamespace(this, platform, namespace);
        const targets = relayTargets(args);
        const external = args.backends.stores.filter(isOwners).map(({ name: store }) => store);
        new k8s.core.v1.Secret(
            `${name}-installation`,
            {
                metadata: {
                    name: INSTALLATION_SECRET,
                    namespace: namespace.name,
                    labels: METADATA_LABELS,
                },
                stringData: { [INSTALLATION_KEY]: installation(settings, targets, external) },
            },
            childOptions,
        );
        const config = new k8s.core.v1.ConfigMap(
            `${name}-config`,
            {
                metadata: { namespace: namespace.name, labels: METADATA_LABELS },
                data: { "nginx.conf.template": relayConfig(targets, platform.clusterDomain) },
            },
            childOptions,
        );
        const workload = {
            name: RELAY_NAME,
            component: "operations",
            platform,
            namespace,
        } as const;
        deployment(
            name,
            { ...workload, replicas: 1, strategy: ONE_MORE, pod: pod(args, config) },
            { parent: this },
        );
        this.registerOutputs({});
    }
}

function relayTargets({ settings, backends, workloads }: OperationsRelayArgs): Target[] {
    const { namespace } = settings.hysds;
    const operated = services(workloads).filter((service) => service.operated);
    const stores: Readonly<Record<StoreTarget, Endpoint>> = {
        rabbitmq: backends.brokerManagement,
        "mozart-search": backends.search.mozart,
        "grq-search": backends.search.grq,
        "metrics-search": backends.search.metrics,
        "jobs-redis": backends.resultStore,
        "metrics-redis": backends.metricsStore,
    };
    return [
        ...operated.map(({ name, port, alivePath }) => ({
            name,
            port,
            endpoint: new Endpoint({ scheme: "http", host: serviceHost(name, namespace), port }),
            alivePath,
        })),
        ...Object.entries(stores).map(([name, endpoint]) => ({
            name,
            port: STORE_PORTS[name as StoreTarget],
            endpoint,
        })),
    ];
}

function installation(
    { environment, protect, hysds }: Settings,
    targets: readonly Target[],
    external: readonly string[],
): pulumi.Output<string> {
    const reached = pulumi.all(
        Object.fromEntries(targets.map((target) => [target.name, relayTarget(target)])),
    );
    return pulumi.secret(
        reached.apply((known) => {
            const file: InstallationFile = {
                format: 1,
                stack: pulumi.getStack(),
                environment,
                protected: protect,
                namespaces: {
                    services: hysds.namespace,
                    jobs: hysds.jobsNamespace,
                    stores: hysds.storesNamespace,
                },
                ...(external.length > 0 ? { external: [...external] } : {}),
                doors: known as InstallationFile["doors"],
            };
            return JSON.stringify(file);
        }),
    );
}

function relayTarget({ port, alivePath, endpoint }: Target): pulumi.Output<RelayTarget> {
    return endpoint.resolved().apply(({ scheme, host, username, password }) => ({
        port,
        scheme: scheme as RelayTarget["scheme"],
        host,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
        ...(alivePath === undefined ? {} : { alivePath }),
    }));
}

function relayConfig(targets: readonly Target[], clusterDomain: string): pulumi.Output<string> {
    const routes = targets.map(({ port, endpoint: { host, port: hostPort } }) =>
        host.apply((known) => ({ port, host: known, hostPort })),
    );
    return pulumi
        .all(routes)
        .apply((known) =>
            renderRelayConfig(known, { resolvers: "${NGINX_LOCAL_RESOLVERS}", clusterDomain }),
        );
}

function pod({ platform, settings }: OperationsRelayArgs, config: k8s.core.v1.ConfigMap): PodArgs {
    return {
        uid: NGINX_UID,
        placement: platform.servicePlacement,
        graceSeconds: 10,
        containers: [container(settings.images)],
        volumes: nginxVolumes(config.metadata.name, "16Mi"),
    };
}

function container(images: ImageSources): ContainerArgs {
    // The kubelet's own probes arrive at the pod's address, where nothing listens.
    const listening = execProbe(["nc", "-z", "127.0.0.1", `${STORE_PORTS.rabbitmq}`]);
    return nginxContainer(images, {
        resources: {
            requests: { cpu: "5m", memory: "16Mi" },
            limits: { cpu: "500m", memory: "64Mi" },
        },
        readinessProbe: listening,
        livenessProbe: { ...listening, periodSeconds: 30 },
    });
}
