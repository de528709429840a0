import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { IMAGES } from "../../kubernetes/images";
import { workloadLabels } from "../../../contract/labels";
import { inNamespace } from "../../kubernetes/options";
import { execProbe, startupProbe } from "../../kubernetes/probes";
import { RedisLocation, Settings } from "../../settings/settings";
import { RedisStores } from "../backends";
import { Endpoint } from "../endpoint";
import type { StoreMaker } from "../kinds";
import { distinct, redisUses } from "../layouts";
import { Store, StoreBackup, StoreMetrics, StoreServer } from "../store";
import { generatePassword } from "./password";
import { renderRedisConf } from "./redis-config";
import { StatefulStore, StatefulStoreArgs } from "./stateful-store";
import { hysdsPeers, StoreArgs } from "./store-args";
import { volumeBill } from "./volume-bill";

const PORT = 6379;
const MEMORY_LIMIT_MIB = 512;

// A rewrite of the append-only file forks, and the fork's copied pages count as the container's.
const MAX_MEMORY_MIB = 320;

// User `redis` or `valkey` of the images.
const UID = 999;

const CONFIG_FOLDER = "/etc/hysds";

/**
 * Redis or Valkey in the cluster: one node with a volume and an append-only file, a generated password in a
 * configuration file that is a Secret, and `noeviction`, because it holds queues. Plain text inside the cluster, only
 * for pods of HySDS. Requests 50m CPU and 128Mi of memory.
 */
export class Redis extends pulumi.ComponentResource implements Store {
    public readonly name: string;
    public readonly use = "redis";
    public readonly endpoint: Endpoint;
    public readonly backup: StoreBackup;
    public readonly metrics: StoreMetrics;
    public readonly rotation = "replaced-password";
    public readonly ready: readonly pulumi.Resource[];

    /** @param args.label what its exporter is called after */
    constructor(
        name: string,
        args: StoreArgs & { readonly label: string },
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:InClusterRedis", name, {}, opts);
        this.name = args.store;
        this.metrics = { exporter: { name: args.label } };
        this.backup = { method: "dump", server: server(args.settings) };
        const { password } = generatePassword(name, this, args.settings.protect);
        const secret = this.createSecret(name, args, password);
        const { redis } = args.settings.backends;
        const running = new StatefulStore(
            name,
            {
                ...args,
                uid: UID,
                ports: [{ name: "redis", port: PORT, from: hysdsPeers(args.settings) }],
                container: container(server(args.settings), secret.metadata.name),
                volumes: [configVolume(secret.metadata.name)],
                data: { mountPath: "/data", sizeGiB: redis.storageGiB },
                gracePeriodSeconds: 60,
                protect: args.settings.protect,
            },
            { parent: this },
        );
        const { host } = running;
        this.endpoint = new Endpoint({
            scheme: "redis",
            host,
            port: PORT,
            credentials: { password },
        });
        this.ready = [running.statefulSet];
        this.registerOutputs({ host });
    }

    private createSecret(
        name: string,
        { platform, namespace, store }: StoreArgs,
        password: pulumi.Output<string>,
    ): k8s.core.v1.Secret {
        return new k8s.core.v1.Secret(
            `${name}-config`,
            {
                metadata: { namespace: namespace.name, labels: workloadLabels(store, "stores") },
                stringData: {
                    password,
                    "redis.conf": password.apply((value) =>
                        renderRedisConf({ password: value, maxMemoryMiB: MAX_MEMORY_MIB }),
                    ),
                },
            },
            inNamespace(this, platform, namespace),
        );
    }
}

/** A Redis or Valkey in the cluster, or one each for results and metrics. */
export const inClusterRedis: StoreMaker<
    Extract<RedisLocation, { kind: "in-cluster" }>,
    RedisStores
> = {
    create: ({ inCluster, settings }) =>
        redisUses(
            settings.backends.redis.layout,
            ({ name, label }) =>
                new Redis(
                    inCluster.resourceName(name),
                    { ...inCluster.storeArgs(name), label },
                    { parent: inCluster },
                ),
        ),
    bills: ({ redis }) =>
        distinct(redisUses(redis.layout, ({ name }) => name)).map(() =>
            volumeBill(redis.storageGiB),
        ),
};

function server({ images, backends }: Settings): StoreServer {
    const { engine, engineVersion } = backends.redis;
    return { program: engine, image: IMAGES.reference("redis", images, engine, engineVersion) };
}

function configVolume(secretName: pulumi.Input<string>): k8s.types.input.core.v1.Volume {
    const items = [{ key: "redis.conf", path: "redis.conf" }];
    return { name: "config", secret: { secretName, items } };
}

function container(
    { program, image }: StoreServer,
    secret: pulumi.Input<string>,
): StatefulStoreArgs["container"] {
    // -e: an error reply, such as NOAUTH or LOADING, is a failure.
    const ping = execProbe([`${program}-cli`, "-e", "ping"]);
    return {
        image,
        command: [`${program}-server`, `${CONFIG_FOLDER}/redis.conf`],
        env: [
            {
                // valkey-cli reads this name too.
                name: "REDISCLI_AUTH",
                valueFrom: { secretKeyRef: { name: secret, key: "password" } },
            },
        ],
        resources: {
            requests: { cpu: "50m", memory: "128Mi" },
            limits: { cpu: "500m", memory: `${MEMORY_LIMIT_MIB}Mi` },
        },
        startupProbe: startupProbe(ping, 600),
        readinessProbe: ping,
        livenessProbe: { ...ping, failureThreshold: 6 },
        volumeMounts: [{ name: "config", mountPath: CONFIG_FOLDER, readOnly: true }],
    };
}
