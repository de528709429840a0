import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { serviceHost } from "../../kubernetes/cluster-dns";
import { IMAGES, ImageSources } from "../../kubernetes/images";
import { workloadLabels } from "../../../contract/labels";
import { inNamespace } from "../../kubernetes/options";
import { httpsProbe, startupProbe } from "../../kubernetes/probes";
import { ObjectStore } from "../object-store";
import { serverCertificate } from "./object-store-certificate";
import { generatePassword } from "./password";
import { StatefulStore, StatefulStoreArgs } from "./stateful-store";
import { hysdsPeers, StoreArgs } from "./store-args";

const PORT = 7070;
/** Of the Service: HySDS's storage library knows a server by its host name, without a port. */
const SERVICE_PORT = 443;

const ACCESS_KEY_ID = "hysds";

/** What versitygw signs for unless told; botocore has it among its regions, which HySDS's storage library asks for. */
const REGION = "us-east-1";

const UID = 1000;

const TLS_FOLDER = "/etc/hysds";

/** Below the volume's root, where a file system may have folders of its own. */
const BUCKETS_FOLDER = "/data/buckets";

const MEMORY_LIMIT_MIB = 256;

const HEALTH_PATH = "/healthz";

export interface InClusterObjectStoreArgs extends StoreArgs {
    readonly storageGiB: number;
    /** Buckets that exist from the start; one that leaves the list stays. */
    readonly buckets: readonly string[];
}

/**
 * An S3-like object store in the cluster: Versity S3 Gateway over the files of a volume, one root account with a
 * generated key, HTTPS with a certificate of its own, only for pods of HySDS. A bucket is a folder, an object a file:
 * what is in it can be read without the server. Requests 25m CPU and 64Mi of memory.
 */
export class InClusterObjectStore extends pulumi.ComponentResource implements ObjectStore {
    public readonly host: pulumi.Output<string>;
    public readonly region = REGION;
    public readonly foundByRegion = false;
    public readonly credentials: Required<ObjectStore>["credentials"];
    public readonly certificate: pulumi.Output<string>;
    public readonly ready: pulumi.Resource;

    constructor(
        name: string,
        args: InClusterObjectStoreArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:InClusterObjectStore", name, {}, opts);
        const { protect } = args.settings;
        const { password: secretAccessKey } = generatePassword(name, this, protect);
        const tlsSecret = generatePassword(`${name}-tls`, this, protect).password;
        // Known before the Service is, whose Secret the pods need.
        const serverName = args.namespace.name.apply((namespace) =>
            serviceHost(args.store, namespace),
        );
        const tls = pulumi
            .all([tlsSecret, serverName])
            .apply(([secret, host]) => serverCertificate(secret, host));
        const secret = this.createSecret(name, args, { secretAccessKey, tls });
        const running = new StatefulStore(name, storeArgs(args, secret), { parent: this });
        this.host = running.host;
        this.credentials = { accessKeyId: ACCESS_KEY_ID, secretAccessKey };
        // It derives from a secret, and is shown to every client that connects.
        this.certificate = pulumi.unsecret(tls.certificate);
        this.ready = running.statefulSet;
        this.registerOutputs({ host: this.host });
    }

    private createSecret(
        name: string,
        { platform, namespace, store }: StoreArgs,
        content: {
            readonly secretAccessKey: pulumi.Output<string>;
            readonly tls: pulumi.Output<{ readonly key: string; readonly certificate: string }>;
        },
    ): pulumi.Output<string> {
        const secret = new k8s.core.v1.Secret(
            `${name}-credentials`,
            {
                metadata: { namespace: namespace.name, labels: workloadLabels(store, "stores") },
                stringData: {
                    accessKeyId: ACCESS_KEY_ID,
                    secretAccessKey: content.secretAccessKey,
                    "tls.key": content.tls.key,
                    "tls.crt": content.tls.certificate,
                },
            },
            inNamespace(this, platform, namespace),
        );
        return secret.metadata.name;
    }
}

function storeArgs(
    args: InClusterObjectStoreArgs,
    secret: pulumi.Output<string>,
): StatefulStoreArgs {
    const folders = args.buckets.map((bucket) => `${BUCKETS_FOLDER}/${bucket}`);
    return {
        ...args,
        uid: UID,
        ports: [
            {
                name: "https",
                port: PORT,
                servicePort: SERVICE_PORT,
                from: hysdsPeers(args.settings),
            },
        ],
        container: container(args.settings.images, secret),
        // In versitygw's POSIX backend a folder is a bucket: https://github.com/versity/versitygw/wiki/POSIX-Backend
        prepare: {
            command: ["mkdir", "-p", BUCKETS_FOLDER, ...folders],
            volumeMounts: [{ name: "data", mountPath: "/data" }],
        },
        volumes: [tlsVolume(secret)],
        data: { mountPath: "/data", sizeGiB: args.storageGiB },
        gracePeriodSeconds: 60,
        protect: args.settings.protect,
    };
}

function tlsVolume(secretName: pulumi.Output<string>): k8s.types.input.core.v1.Volume {
    const items = ["tls.key", "tls.crt"].map((key) => ({ key, path: key }));
    return { name: "tls", secret: { secretName, items, defaultMode: 0o440 } };
}

function container(
    images: ImageSources,
    secret: pulumi.Output<string>,
): StatefulStoreArgs["container"] {
    const answers = httpsProbe(HEALTH_PATH, PORT);
    const fromSecret = (name: string, key: string): k8s.types.input.core.v1.EnvVar => ({
        name,
        valueFrom: { secretKeyRef: { name: secret, key } },
    });
    return {
        image: IMAGES.reference("object-store", images),
        command: [
            "versitygw",
            `--port=:${PORT}`,
            `--region=${REGION}`,
            `--cert=${TLS_FOLDER}/tls.crt`,
            `--key=${TLS_FOLDER}/tls.key`,
            `--health=${HEALTH_PATH}`,
            "--quiet",
            "posix",
            BUCKETS_FOLDER,
        ],
        env: [
            fromSecret("ROOT_ACCESS_KEY_ID", "accessKeyId"),
            fromSecret("ROOT_SECRET_ACCESS_KEY", "secretAccessKey"),
            { name: "GOMEMLIMIT", value: `${Math.floor(MEMORY_LIMIT_MIB * 0.8)}MiB` },
        ],
        resources: {
            requests: { cpu: "25m", memory: "64Mi" },
            limits: { cpu: "1", memory: `${MEMORY_LIMIT_MIB}Mi` },
        },
        startupProbe: startupProbe(answers, 300),
        readinessProbe: answers,
        livenessProbe: { ...answers, periodSeconds: 20, failureThreshold: 6 },
        volumeMounts: [{ name: "tls", mountPath: TLS_FOLDER, readOnly: true }],
    };
}
