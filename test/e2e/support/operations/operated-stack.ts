import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    AppsV1Api,
    CoreV1Api,
    KubeConfig,
    PatchStrategy,
    setHeaderOptions,
} from "@kubernetes/client-node";
import { execa } from "execa";
import { Redis } from "ioredis";
import { inject } from "vitest";
import {
    INSTALLATION_KEY,
    RelayTarget,
    INSTALLATION_SECRET,
    InstallationFile,
    installationFile,
    RELAY_NAME,
    StoreTarget,
} from "../../../../contract/installation-file";
import { HttpTarget } from "../../../../cli/installation";
import { FakeHandler, FakeServer } from "../../../support/operations/fake-server";
import { restApiAnswer } from "../../../support/operations/rest-apis";
import { managed } from "../../../unit/configuration/support/inputs";
import { callJson } from "../call-json";
import { Celery } from "../consumers/celery";
import { consumerPython } from "../consumers/installations";
import { Broker, startRabbitmq, startRedis } from "../consumers/servers";
import { StackUnderTest } from "../stack";
import { startKubelet } from "./kubelet";
import { RunningRelay, startRelay } from "./relay";

const NAMESPACE = "hysds";

/** What a healthy search cluster says that has an index of job states and everything that the bootstrap makes. */
const SEARCH: FakeHandler = ({ method, path }) => {
    if (path === "/_cluster/health") {
        const body = { cluster_name: "search", status: "green", number_of_nodes: 1 };
        return { body: { ...body, unassigned_shards: 0 } };
    }
    if (path.startsWith("/_cat/indices/job_status-")) {
        return { body: [{ index: "job_status-2026.11.24", "docs.count": "3" }] };
    }
    if (path.startsWith("/_cat/indices")) {
        return { status: 404, body: {} };
    }
    return { body: path.startsWith("/_cat") ? [] : { acknowledged: method === "DELETE" } };
};

const REST_API: FakeHandler = ({ path }) => ({
    body: path.endsWith("/list") ? { success: true, result: [] } : "here",
});

/** Names in the certificates, by which no name server finds anything. */
const TLS_HOSTS = { pele: "pele.example", redis: "redis.example" };

export interface Operated {
    readonly stdout: string;
    readonly stderr: string;
    readonly exitCode?: number;
}

/**
 * The local stack on the API server under test, as `npm start` leaves it, with a real RabbitMQ, Redis and Celery behind
 * its relay, which is a real nginx with the configuration that the stack deployed. Search clusters and REST APIs are
 * stand-ins. A port-forward into the relay's simulated pod reaches all of that.
 */
export class OperatedStack {
    public readonly kubernetes = new KubeConfig();
    /** What `hysds-ops` has said so far. */
    public said = "";
    public file!: InstallationFile;
    public broker!: Broker;
    public redis!: Redis;
    public celery!: Celery;
    public search!: FakeServer;
    public relay!: RunningRelay;
    private authority = "";
    private redisTlsPort = 0;
    private pelePort = 0;
    private readonly endings: (() => Promise<unknown>)[] = [];

    private constructor(
        public readonly pulumi: StackUnderTest,
        private readonly folder: string,
    ) {
        this.kubernetes.loadFromFile(inject("kubeconfig"));
        this.endings.push(
            () => rm(folder, { recursive: true, force: true }),
            () => pulumi.dispose(),
            () => pulumi.destroy(),
        );
    }

    static async start(): Promise<OperatedStack> {
        const pulumi = await StackUnderTest.open({
            name: "local",
            env: { KUBECONFIG: inject("kubeconfig") },
        });
        const folder = await mkdtemp(join(tmpdir(), "hysds-operations-"));
        const stack = new OperatedStack(pulumi, folder);
        try {
            await pulumi.up();
            stack.file = await stack.deployedFile();
            await stack.startStores();
            await stack.encryptTargets();
            await stack.connectRelay();
            await stack.rememberSession();
            return stack;
        } catch (failure) {
            await stack.stop();
            throw failure;
        }
    }

    async stop(): Promise<void> {
        for (const end of this.endings.splice(0).reverse()) {
            await end();
        }
    }

    /** `npx hysds-ops` as a user of the local installation types it: without saying where it is. */
    operate(...args: string[]): Promise<Operated> {
        return this.operateTrusting(this.authority, args);
    }

    /** The same, with the authorities of a file beside those that Node.js knows. */
    async operateTrusting(
        authority: string | undefined,
        args: readonly string[],
    ): Promise<Operated> {
        const { stdout, stderr, exitCode } = await execa("npx", ["hysds-ops", ...args], {
            env: {
                HYSDS_PULUMI_STATE: join(this.folder, "state"),
                KUBECONFIG: undefined,
                NODE_EXTRA_CA_CERTS: authority,
            },
            reject: false,
        });
        this.said += stdout + stderr;
        return { stdout, stderr, exitCode };
    }

    /** The broker's management API, without a detour. */
    rabbitmq(path: string, method = "GET", body?: unknown): Promise<unknown> {
        const { username, password } = this.file.doors.rabbitmq;
        const login = Buffer.from(`${username}:${password}`).toString("base64");
        const url = `http://127.0.0.1:${this.broker.managementPort}/api/${path}`;
        return callJson(url, method, body, `Basic ${login}`);
    }

    async replicas(name: string): Promise<number | undefined> {
        const api = this.kubernetes.makeApiClient(AppsV1Api);
        return (await api.readNamespacedDeployment({ namespace: NAMESPACE, name })).spec?.replicas;
    }

    private async place(name: string): Promise<string> {
        const path = join(this.folder, name);
        await mkdir(path);
        return path;
    }

    private async deployedFile(): Promise<InstallationFile> {
        const secret = await this.kubernetes
            .makeApiClient(CoreV1Api)
            .readNamespacedSecret({ namespace: NAMESPACE, name: INSTALLATION_SECRET });
        const text = Buffer.from(secret.data?.[INSTALLATION_KEY] ?? "", "base64").toString();
        return installationFile.parse(JSON.parse(text));
    }

    /** nginx.conf that the relay's Deployment mounts. */
    private async deployedRelayConfig(): Promise<string> {
        const { spec } = await this.kubernetes
            .makeApiClient(AppsV1Api)
            .readNamespacedDeployment({ namespace: NAMESPACE, name: RELAY_NAME });
        const volumes = spec?.template.spec?.volumes ?? [];
        const name = volumes.find(({ configMap }) => configMap)?.configMap?.name ?? "";
        const { data } = await this.kubernetes
            .makeApiClient(CoreV1Api)
            .readNamespacedConfigMap({ namespace: NAMESPACE, name });
        return data?.["nginx.conf.template"] ?? "";
    }

    /** With the passwords that the stack generated, and a Celery that knows them. */
    private async startStores(): Promise<void> {
        const certificates = await this.place("certificates");
        this.authority = join(certificates, "client.pem");
        // Not those of this machine, where connections really go.
        const identities = ["--identities", ...Object.values(TLS_HOSTS)];
        await execa(await consumerPython(), [
            "-m",
            "trustme",
            "--dir",
            certificates,
            ...identities,
        ]);
        const { username = "", password = "" } = this.file.doors.rabbitmq;
        const folder = await this.place("rabbitmq");
        const user = { user: username, password };
        this.broker = await startRabbitmq({ folder, certificates, ...user, management: true });
        this.endings.push(() => this.broker.stop());
        const secret = this.file.doors["jobs-redis"].password ?? "";
        const redis = { folder: await this.place("redis"), certificates, password: secret };
        const server = await startRedis(redis);
        this.endings.push(() => server.stop());
        this.redis = new Redis({ port: server.port, password: secret });
        this.endings.push(() => this.redis.quit());
        const results = address("redis", server.port, "", secret);
        const broker = address("amqp", this.broker.port, username, password);
        this.celery = await Celery.configure(
            { ...managed(), broker, resultStore: results, metricsStore: results },
            this.authority,
        );
        this.endings.push(() => this.celery.remove());
        this.redisTlsPort = server.tlsPort;
        await this.startPele(certificates);
    }

    private async startPele(certificates: string): Promise<void> {
        const server = createServer(
            {
                cert: await readFile(join(certificates, "server.pem")),
                key: await readFile(join(certificates, "server.key")),
            },
            ({ url = "" }, response) => {
                const { status = 200, headers, body } = restApiAnswer("pele", url);
                response.writeHead(status, { "content-type": "application/json", ...headers });
                response.end(JSON.stringify(body));
            },
        );
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        this.pelePort = (server.address() as AddressInfo).port;
        this.endings.push(() => new Promise((resolve) => server.close(resolve)));
    }

    /** Two targets are such as the managed stores have them. */
    private async encryptTargets(): Promise<void> {
        const { doors } = this.file;
        this.file = {
            ...this.file,
            doors: {
                ...doors,
                pele: { ...(doors.pele as RelayTarget), scheme: "https", host: TLS_HOSTS.pele },
                "metrics-redis": {
                    ...doors["metrics-redis"],
                    scheme: "rediss",
                    host: TLS_HOSTS.redis,
                },
            },
        };
        const data = {
            [INSTALLATION_KEY]: Buffer.from(JSON.stringify(this.file)).toString("base64"),
        };
        await this.kubernetes
            .makeApiClient(CoreV1Api)
            .patchNamespacedSecret(
                { namespace: NAMESPACE, name: INSTALLATION_SECRET, body: { data } },
                setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
            );
    }

    /** Everything between the API server and the stores: the kubelet of a pod, and the relay in it. */
    private async connectRelay(): Promise<void> {
        this.search = await FakeServer.start(SEARCH);
        const apis = await FakeServer.start(REST_API);
        this.endings.push(
            () => this.search.stop(),
            () => apis.stop(),
        );
        const redisPort = this.redis.options.port ?? 0;
        const standIns: Readonly<Record<HttpTarget | StoreTarget, number>> = {
            mozart: apis.port,
            grq2: apis.port,
            pele: this.pelePort,
            rabbitmq: this.broker.managementPort,
            "mozart-search": this.search.port,
            "grq-search": this.search.port,
            "metrics-search": this.search.port,
            "jobs-redis": redisPort,
            "metrics-redis": this.redisTlsPort,
        };
        const doors = Object.entries<RelayTarget>(this.file.doors);
        this.relay = await startRelay({
            folder: await this.place("relay"),
            configuration: await this.deployedRelayConfig(),
            behind: new Map(
                doors.map(([name, { port }]) => [port, standIns[name as keyof typeof standIns]]),
            ),
        });
        this.endings.push(() => this.relay.stop());
        const kubelet = await startKubelet({
            folder: await this.place("kubelet"),
            kubeconfig: inject("kubeconfig"),
            ports: this.relay.ports,
            log: ["first line", "last line"],
        });
        this.endings.push(() => kubelet.stop());
    }

    /** What `npm start` leaves: a session, a workspace and a kubeconfig. */
    private async rememberSession(): Promise<void> {
        const state = await this.place("state");
        const { dir, env } = this.pulumi.workspace;
        const session = { passphrase: env.PULUMI_CONFIG_PASSPHRASE };
        await writeFile(join(state, "session.json"), JSON.stringify(session));
        await symlink(dir, join(state, "workspace"));
        await mkdir(join(state, "control-plane"));
        await symlink(inject("kubeconfig"), join(state, "control-plane", "kubeconfig"));
    }
}

function address(scheme: "amqp" | "redis", port: number, username: string, password: string) {
    const userinfo = `${username}:${encodeURIComponent(password)}`;
    const url = `${scheme}://${userinfo}@127.0.0.1:${port}`;
    return { scheme, host: "127.0.0.1", port, tls: false, username, password, url };
}
