import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { inNamespace } from "../../kubernetes/options";
import { execProbe, startupProbe } from "../../kubernetes/probes";
import { IMAGES } from "../../kubernetes/images";
import { selectorLabels, workloadLabels } from "../../../contract/labels";
import { RabbitmqLocation, Settings } from "../../settings/settings";
import { BrokerStore } from "../backends";
import { Credentials, Endpoint } from "../endpoint";
import type { StoreMaker } from "../kinds";
import { StoreMetrics } from "../store";
import { generatePassword } from "./password";
import { DEFINITIONS_PATH, renderDefinitions, renderRabbitmqConf } from "./rabbitmq-config";
import { StatefulStore, StatefulStoreArgs, StorePort } from "./stateful-store";
import { hysdsPeers, StoreArgs } from "./store-args";
import { volumeBill } from "./volume-bill";

const AMQP_PORT = 5672;
const MANAGEMENT_PORT = 15672;
/** Of RabbitMQ's own exporter, which its Docker Official image switches on. */
const METRICS_PORT = 15692;
const MEMORY_LIMIT_MIB = 1024;

// User `rabbitmq` of the image (https://github.com/docker-library/rabbitmq).
const UID = 999;

// Each of these commands starts an Erlang VM, 1 to 2 seconds of CPU: asked seldom, and patiently.
const PROBE_TIMING = { periodSeconds: 30, timeoutSeconds: 20 };

/**
 * RabbitMQ in the cluster: one node with a volume, one administrator with a generated password, AMQP on 5672 and the
 * management API on 15672, both in plain text inside the cluster and only for pods of HySDS; the management API only
 * for its services and an autoscaler. Requests 250m CPU and 512Mi of memory.
 */
export class Rabbitmq extends pulumi.ComponentResource implements BrokerStore {
    public readonly name: string;
    public readonly use = "broker";
    public readonly endpoint: Endpoint;
    public readonly management: Endpoint;
    public readonly backup: BrokerStore["backup"];
    public readonly metrics: StoreMetrics;
    public readonly rotation = "replaced-password";
    public readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: StoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:InClusterRabbitmq", name, {}, opts);
        this.name = args.store;
        const { rabbitmq } = args.settings.backends;
        const credentials = {
            username: pulumi.output(rabbitmq.username),
            password: generatePassword(name, this, args.settings.protect).password,
        };
        const store = this.createStore(name, args, credentials);
        const host = store.host;
        this.endpoint = new Endpoint({ scheme: "amqp", host, port: AMQP_PORT, credentials });
        this.management = new Endpoint({
            scheme: "http",
            host,
            port: MANAGEMENT_PORT,
            credentials,
        });
        this.backup = { method: "definitions", management: this.management };
        this.metrics = { own: ownMetrics(args) };
        this.ready = [store.statefulSet];
        this.registerOutputs({ host });
    }

    private createStore(
        name: string,
        args: StoreArgs,
        credentials: Required<Credentials>,
    ): StatefulStore {
        const { settings, platform, namespace, store } = args;
        const childOptions = inNamespace(this, platform, namespace);
        const metadata = { namespace: namespace.name, labels: workloadLabels(store, "stores") };
        const conf = renderRabbitmqConf({
            consumerTimeoutHours: settings.backends.rabbitmq.consumerTimeoutHours,
            memoryHighWatermarkMiB: Math.floor(MEMORY_LIMIT_MIB * 0.6),
        });
        const config = new k8s.core.v1.ConfigMap(
            `${name}-config`,
            { metadata, data: { "10-hysds.conf": conf } },
            childOptions,
        );
        const definitions = new k8s.core.v1.Secret(
            `${name}-definitions`,
            { metadata, stringData: { "definitions.json": definitionsOf(credentials) } },
            childOptions,
        );
        return new StatefulStore(
            name,
            {
                ...args,
                uid: UID,
                ports: ports(args),
                container: container(settings),
                volumes: volumes(config.metadata.name, definitions.metadata.name),
                data: {
                    mountPath: "/var/lib/rabbitmq/mnesia",
                    sizeGiB: settings.backends.rabbitmq.storageGiB,
                },
                gracePeriodSeconds: 120,
                protect: settings.protect,
            },
            { parent: this },
        );
    }
}

/** RabbitMQ in the cluster. */
export const inClusterRabbitmq: StoreMaker<
    Extract<RabbitmqLocation, { kind: "in-cluster" }>,
    BrokerStore
> = {
    create: ({ inCluster }) =>
        new Rabbitmq(inCluster.resourceName("rabbitmq"), inCluster.storeArgs("rabbitmq"), {
            parent: inCluster,
        }),
    bills: ({ rabbitmq }) => [volumeBill(rabbitmq.storageGiB)],
};

function ownMetrics({ store, namespace }: StoreArgs): Required<StoreMetrics>["own"] {
    return {
        service: `${store}-metrics`,
        namespace,
        pods: selectorLabels(store, "stores"),
        port: METRICS_PORT,
        // The plain path adds up all queues.
        path: "/metrics/per-object",
    };
}

function definitionsOf({ username, password }: Required<Credentials>): pulumi.Output<string> {
    return pulumi
        .all([username, password])
        .apply(([name, secret]) => renderDefinitions(name, secret));
}

function ports({ settings }: StoreArgs): StorePort[] {
    const { autoscaling } = settings;
    const scalers = autoscaling.kind === "keda" ? [{ namespace: autoscaling.namespace }] : [];
    return [
        { name: "amqp", port: AMQP_PORT, from: hysdsPeers(settings) },
        {
            name: "management",
            port: MANAGEMENT_PORT,
            from: [{ namespace: settings.hysds.namespace }, ...scalers],
        },
    ];
}

function container({ images, backends }: Settings): StatefulStoreArgs["container"] {
    const ping = execProbe(["rabbitmq-diagnostics", "-q", "ping"], PROBE_TIMING);
    const ports = execProbe(
        ["rabbitmq-diagnostics", "-q", "check_port_connectivity"],
        PROBE_TIMING,
    );
    return {
        image: IMAGES.reference("rabbitmq", images, backends.rabbitmq.engineVersion),
        resources: {
            requests: { cpu: "250m", memory: "512Mi" },
            limits: { cpu: "1", memory: `${MEMORY_LIMIT_MIB}Mi` },
        },
        startupProbe: startupProbe(ports, 300, 10),
        readinessProbe: ports,
        livenessProbe: ping,
        volumeMounts: [
            { name: "home", mountPath: "/var/lib/rabbitmq" },
            { name: "config", mountPath: "/etc/rabbitmq/conf.d", readOnly: true },
            {
                name: "definitions",
                mountPath: DEFINITIONS_PATH,
                subPath: "definitions.json",
                readOnly: true,
            },
            { name: "log", mountPath: "/var/log/rabbitmq" },
            { name: "tmp", mountPath: "/tmp" },
        ],
    };
}

/**
 * The home folder, with the Erlang cookie, is apart from the data: Kubernetes gives a claim's files to the pod's group,
 * and Erlang refuses a cookie that a group can read. A node alone needs no cookie that outlives it.
 */
function volumes(
    config: pulumi.Input<string>,
    definitions: pulumi.Input<string>,
): k8s.types.input.core.v1.Volume[] {
    return [
        { name: "home", emptyDir: {} },
        { name: "config", configMap: { name: config } },
        { name: "definitions", secret: { secretName: definitions } },
        { name: "log", emptyDir: {} },
        { name: "tmp", emptyDir: {} },
    ];
}
