import { KubeConfig } from "@kubernetes/client-node";
import type { Redis } from "ioredis";
import { OperationsError } from "../../../cli/errors";
import { ForwardedHttpClient, HttpClient } from "../../../cli/http-client";
import {
    Environment,
    HttpTarget,
    InstalledService,
    Installation,
    RedisStore,
} from "../../../cli/installation";
import { services } from "../../../components/hysds/catalog/workload";
import { WORKLOADS } from "../workloads-of-hysds";
import { FakeHandler, FakeServer } from "./fake-server";

/** What a fake installation is made of; targets that are not given do not answer. */
export interface FakeInstallationOptions {
    readonly environment?: Environment;
    readonly protected?: boolean;
    readonly targets?: Partial<Record<HttpTarget, FakeHandler>>;
    /** Answers as the Kubernetes API; see `fakeKubernetes`. */
    readonly kubernetes?: FakeHandler;
    readonly redis?: Partial<Record<RedisStore, Redis>>;
    /** Default: those of the catalogue. */
    readonly services?: readonly InstalledService[];
}

const SERVICES = services(WORKLOADS).filter(
    (service): service is typeof service & InstalledService => service.operated === true,
);

const NO_KUBERNETES: FakeHandler = ({ path }) => ({
    status: 404,
    body: { kind: "Status", code: 404, reason: "NotFound", message: `${path} not found` },
});

/** An installation whose HTTP services are servers on loopback, and everything else is what the test gives. */
export class FakeInstallation implements Installation {
    public readonly name = "test";
    public readonly external: readonly string[] = [];
    public readonly namespaces = {
        services: "hysds",
        jobs: "hysds-jobs",
        stores: "hysds-stores",
    };
    public readonly kubernetes = new KubeConfig();
    private readonly clients: ForwardedHttpClient[] = [];

    private constructor(
        public readonly environment: Environment,
        private readonly isProtected: boolean,
        /** The servers, for the requests that they were sent. */
        public readonly targets: ReadonlyMap<HttpTarget, FakeServer>,
        public readonly kubernetesServer: FakeServer,
        private readonly stores: Partial<Record<RedisStore, Redis>>,
        public readonly services: readonly InstalledService[],
    ) {
        this.kubernetes.loadFromClusterAndUser(
            {
                name: "fake",
                server: `http://127.0.0.1:${kubernetesServer.port}`,
                skipTLSVerify: true,
            },
            { name: "fake" },
        );
    }

    static async start(options: FakeInstallationOptions = {}): Promise<FakeInstallation> {
        const targets = new Map<HttpTarget, FakeServer>();
        for (const [target, handler] of Object.entries(options.targets ?? {})) {
            targets.set(target as HttpTarget, await FakeServer.start(handler));
        }
        return new FakeInstallation(
            options.environment ?? "dev",
            options.protected ?? false,
            targets,
            await FakeServer.start(options.kubernetes ?? NO_KUBERNETES),
            options.redis ?? {},
            options.services ?? SERVICES,
        );
    }

    get protected(): boolean {
        return this.isProtected;
    }

    http(target: HttpTarget): Promise<HttpClient> {
        const server = this.targets.get(target);
        if (!server) {
            return Promise.reject(new OperationsError(`${target} does not answer`));
        }
        const client = new ForwardedHttpClient({
            name: target,
            scheme: "http",
            host: target,
            connectTo: { host: "127.0.0.1", port: server.port },
        });
        this.clients.push(client);
        return Promise.resolve(client);
    }

    redis(store: RedisStore): Promise<Redis> {
        const client = this.stores[store];
        return client
            ? Promise.resolve(client)
            : Promise.reject(new OperationsError(`Redis of ${store} does not answer`));
    }

    async close(): Promise<void> {
        await Promise.all(this.clients.splice(0).map((client) => client.close()));
    }

    /** Ends the servers too. */
    async stop(): Promise<void> {
        await this.close();
        const servers = [...this.targets.values(), this.kubernetesServer];
        await Promise.all(servers.map((server) => server.stop()));
    }
}
