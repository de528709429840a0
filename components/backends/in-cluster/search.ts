import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { IMAGES } from "../../kubernetes/images";
import { workloadLabels } from "../../../contract/labels";
import { inNamespace } from "../../kubernetes/options";
import { execProbe, startupProbe, tcpProbe } from "../../kubernetes/probes";
import { SearchLocation, Settings } from "../../settings/settings";
import { SearchEndpoint, SearchStores } from "../backends";
import type { StoreMaker } from "../kinds";
import { distinct, searchUses } from "../layouts";
import { Store, StoreMetrics } from "../store";
import { elasticsearch } from "./elasticsearch";
import { opensearch } from "./opensearch";
import { GeneratedPassword, generatePassword } from "./password";
import { SearchFlavour } from "./search-flavour";
import { searchConfig, snapshotClaim, snapshotMount, snapshotVolume } from "./search-snapshots";
import { StatefulStore, StatefulStoreArgs } from "./stateful-store";
import { hysdsPeers, StoreArgs } from "./store-args";
import { volumeBill } from "./volume-bill";

const PORT = 9200;

// User `opensearch` or `elasticsearch` of the images.
const UID = 1000;

/**
 * OpenSearch or Elasticsearch in the cluster: one node with a volume, one user with a generated password over HTTP
 * basic authentication, `http` on 9200 and only for pods of HySDS. Requests 250m CPU and the memory of the settings,
 * half of it heap. Files are read rather than mapped (`node.store.allow_mmap`), so that nodes need no
 * `vm.max_map_count`.
 */
export class Search extends pulumi.ComponentResource implements Store<SearchEndpoint> {
    public readonly name: string;
    public readonly use = "search";
    public readonly endpoint: SearchEndpoint;
    public readonly backup = { method: "folder" } as const;
    public readonly metrics: StoreMetrics;
    // Its users are read from the configuration once, when its data is new.
    public readonly rotation = "fixed";
    public readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: StoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:InClusterSearch", name, {}, opts);
        this.name = args.store;
        this.metrics = { exporter: { name: args.store } };
        const { search } = args.settings.backends;
        const flavour = search.engine === "opensearch" ? opensearch : elasticsearch;
        const generated = generatePassword(name, this, args.settings.protect);
        const files = this.createFiles(name, args, flavour, generated);
        const running = new StatefulStore(name, storeArgs(args, flavour, files), { parent: this });
        this.endpoint = new SearchEndpoint({
            scheme: "http",
            host: running.host,
            port: PORT,
            credentials: {
                username: pulumi.output(flavour.username),
                password: generated.password,
            },
            engine: search.engine,
            engineVersion: search.engineVersion,
        });
        this.ready = [running.statefulSet];
        this.registerOutputs({ host: running.host });
    }

    private createFiles(
        name: string,
        args: StoreArgs,
        flavour: SearchFlavour,
        generated: GeneratedPassword,
    ): Files {
        const childOptions = inNamespace(this, args.platform, args.namespace);
        const metadata = {
            namespace: args.namespace.name,
            labels: workloadLabels(args.store, "stores"),
        };
        const config = new k8s.core.v1.ConfigMap(
            `${name}-config`,
            { metadata, data: searchConfig(flavour, args.settings) },
            childOptions,
        );
        const secret = new k8s.core.v1.Secret(
            `${name}-credentials`,
            { metadata, stringData: flavour.secrets(generated) },
            childOptions,
        );
        return {
            config: config.metadata.name,
            secret: secret.metadata.name,
            snapshots: snapshotClaim(name, args, childOptions),
        };
    }
}

/** An OpenSearch or Elasticsearch node in the cluster, or one each for mozart, grq and metrics. */
export const inClusterSearch: StoreMaker<
    Extract<SearchLocation, { kind: "in-cluster" }>,
    SearchStores
> = {
    create: ({ inCluster, settings }) =>
        searchUses(
            settings.backends.search.layout,
            ({ name }) =>
                new Search(inCluster.resourceName(name), inCluster.storeArgs(name), {
                    parent: inCluster,
                }),
        ),
    bills: ({ search }) =>
        distinct(searchUses(search.layout, ({ name }) => name)).map(() =>
            volumeBill(search.volumeGiB),
        ),
};

interface Files {
    readonly config: pulumi.Output<string>;
    readonly secret: pulumi.Output<string>;
    /** Claim of the snapshots' volume, where backups are on. */
    readonly snapshots?: pulumi.Output<string>;
}

function storeArgs(args: StoreArgs, flavour: SearchFlavour, files: Files): StatefulStoreArgs {
    const { search } = args.settings.backends;
    return {
        ...args,
        uid: UID,
        ports: [{ name: "http", port: PORT, from: hysdsPeers(args.settings) }],
        container: container(args.settings, flavour, files),
        prepare: {
            command: ["sh", "-c", flavour.prepareScript],
            volumeMounts: [
                { name: "config", mountPath: "/prepared" },
                { name: "rendered", mountPath: "/rendered", readOnly: true },
                { name: "secrets", mountPath: "/secrets", readOnly: true },
                { name: "tmp", mountPath: "/tmp" },
            ],
        },
        volumes: [
            { name: "config", emptyDir: {} },
            { name: "logs", emptyDir: {} },
            { name: "tmp", emptyDir: {} },
            { name: "rendered", configMap: { name: files.config } },
            { name: "secrets", secret: { secretName: files.secret } },
            ...snapshotVolume(files.snapshots),
        ],
        data: { mountPath: `${flavour.home}/data`, sizeGiB: search.volumeGiB },
        gracePeriodSeconds: 120,
        protect: args.settings.protect,
    };
}

function container(
    { images, backends: { search } }: Settings,
    flavour: SearchFlavour,
    files: Files,
): StatefulStoreArgs["container"] {
    const answers = execProbe(
        [
            "curl",
            "--silent",
            "--fail",
            "--max-time",
            "8",
            "--netrc-file",
            "/secrets/netrc",
            // local: ready means that this node answers. One red index must not take the other indices away.
            `http://127.0.0.1:${PORT}/_cluster/health?local=true`,
        ],
        { timeoutSeconds: 10, periodSeconds: 15 },
    );
    return {
        image: IMAGES.reference("search", images, search.engine, search.engineVersion),
        env: flavour.env(files.secret, Math.floor(search.memoryMiB / 2)),
        resources: {
            requests: { cpu: "250m", memory: `${search.memoryMiB}Mi` },
            limits: { cpu: "2", memory: `${search.memoryMiB}Mi` },
        },
        startupProbe: startupProbe(answers, 600, 10),
        readinessProbe: answers,
        livenessProbe: tcpProbe(PORT, { periodSeconds: 20, failureThreshold: 6 }),
        volumeMounts: [
            { name: "config", mountPath: `${flavour.home}/config` },
            { name: "logs", mountPath: `${flavour.home}/logs` },
            { name: "secrets", mountPath: "/secrets", readOnly: true },
            { name: "tmp", mountPath: "/tmp" },
            ...snapshotMount(files.snapshots),
        ],
    };
}
