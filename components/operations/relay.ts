import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Backends } from "../backends/backends";
import { Endpoint } from "../backends/endpoint";
import { HysdsServices, ServiceAddress } from "../hysds";
import { workloadLabels } from "../kubernetes/labels";
import { inNamespace } from "../kubernetes/options";
import { execProbe } from "../kubernetes/probes";
import { restrictedPod } from "../kubernetes/security";
import { HysdsNamespace, Platform } from "../platform/platform";
import { Settings } from "../settings/settings";
import {
    Door,
    DoorName,
    INSTALLATION_KEY,
    INSTALLATION_SECRET,
    InstallationFile,
    RELAY_NAME,
    relayLabels,
} from "./installation-file";
import { NGINX_UID, nginxContainer, nginxVolumes } from "./nginx";
import { renderRelayConfig } from "./relay-config";
import { isOwners } from "./stores";

export interface OperationsRelayArgs {
    readonly settings: Settings;
    readonly platform: Platform;
    readonly backends: Backends;
    readonly services: Pick<HysdsServices, "mozart" | "grq2" | "pele">;
}

/** The relay's own ports. */
const PORTS: Readonly<Record<DoorName, number>> = {
    mozart: 8888,
    grq2: 8878,
    pele: 8877,
    rabbitmq: 15672,
    "mozart-search": 9200,
    "grq-search": 9201,
    "metrics-search": 9202,
    "jobs-redis": 6379,
    "metrics-redis": 6380,
};

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
        const doors = doorEndpoints(args);
        const external = args.backends.stores.filter(isOwners).map(({ name: store }) => store);
        new k8s.core.v1.Secret(
            `${name}-installation`,
            {
                metadata: {
                    name: INSTALLATION_SECRET,
                    namespace: namespace.name,
                    labels: METADATA_LABELS,
                },
                stringData: { [INSTALLATION_KEY]: installation(settings, doors, external) },
            },
            childOptions,
        );
        const config = new k8s.core.v1.ConfigMap(
            `${name}-config`,
            {
                metadata: { namespace: namespace.name, labels: METADATA_LABELS },
                data: { "nginx.conf.template": relayConfig(doors) },
            },
            childOptions,
        );
        new k8s.apps.v1.Deployment(name, deployment(platform, namespace, config), childOptions);
        this.registerOutputs({});
    }
}

function doorEndpoints({
    backends,
    services,
}: OperationsRelayArgs): Readonly<Record<DoorName, Endpoint>> {
    const service = ({ name, namespace, port }: ServiceAddress): Endpoint =>
        new Endpoint({ scheme: "http", host: `${name}.${namespace}.svc`, port });
    return {
        mozart: service(services.mozart),
        grq2: service(services.grq2),
        pele: service(services.pele),
        rabbitmq: backends.brokerManagement,
        "mozart-search": backends.search.mozart,
        "grq-search": backends.search.grq,
        "metrics-search": backends.search.metrics,
        "jobs-redis": backends.resultStore,
        "metrics-redis": backends.metricsStore,
    };
}

function installation(
    { environment, protect, hysds }: Settings,
    endpoints: Readonly<Record<DoorName, Endpoint>>,
    external: readonly string[],
): pulumi.Output<string> {
    const doors = pulumi.all(
        Object.fromEntries(
            Object.entries(endpoints).map(([name, endpoint]) => [
                name,
                door(PORTS[name as DoorName], endpoint),
            ]),
        ),
    );
    return pulumi.secret(
        doors.apply((known) => {
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

function door(port: number, endpoint: Endpoint): pulumi.Output<Door> {
    return endpoint.resolved().apply(({ scheme, host, username, password }) => ({
        port,
        scheme: scheme as Door["scheme"],
        host,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
    }));
}

function relayConfig(endpoints: Readonly<Record<DoorName, Endpoint>>): pulumi.Output<string> {
    const routes = Object.entries(endpoints).map(([name, { host, port: hostPort }]) =>
        host.apply((known) => ({ port: PORTS[name as DoorName], host: known, hostPort })),
    );
    return pulumi
        .all(routes)
        .apply((known) => renderRelayConfig(known, "${NGINX_LOCAL_RESOLVERS}"));
}

function deployment(
    platform: Platform,
    namespace: HysdsNamespace,
    config: k8s.core.v1.ConfigMap,
): k8s.apps.v1.DeploymentArgs {
    return {
        metadata: { name: RELAY_NAME, namespace: namespace.name, labels: METADATA_LABELS },
        spec: {
            replicas: 1,
            selector: { matchLabels: relayLabels },
            strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
            template: {
                metadata: { labels: METADATA_LABELS },
                spec: {
                    ...platform.servicePlacement,
                    automountServiceAccountToken: false,
                    enableServiceLinks: false,
                    securityContext: restrictedPod({ uid: NGINX_UID }),
                    terminationGracePeriodSeconds: 10,
                    containers: [container()],
                    volumes: nginxVolumes(config.metadata.name, "16Mi"),
                },
            },
        },
    };
}

function container(): k8s.types.input.core.v1.Container {
    // The kubelet's own probes arrive at the pod's address, where nothing listens.
    const listening = execProbe(["nc", "-z", "127.0.0.1", `${PORTS.rabbitmq}`]);
    return nginxContainer({
        resources: {
            requests: { cpu: "5m", memory: "16Mi" },
            limits: { cpu: "500m", memory: "64Mi" },
        },
        readinessProbe: listening,
        livenessProbe: { ...listening, periodSeconds: 30 },
    });
}
