import { KubeConfig } from "@kubernetes/client-node";
import type { Redis } from "ioredis";
import { OperationsError } from "../../../cli/errors";
import { ForwardedHttpClient, HttpClient } from "../../../cli/http-client";
import {
    Environment,
    HttpDoor,
    InstalledService,
    Installation,
    RedisStore,
} from "../../../cli/installation";
import { services } from "../../../components/hysds/catalog/workload";
import { WORKLOADS } from "../workloads-of-hysds";
import { DoorHandler, DoorServer } from "./door-server";

/** What a fake installation is made of; doors that are not given do not answer. */
export interface FakeInstallationOptions {
    readonly environment?: Environment;
    readonly protected?: boolean;
    readonly doors?: Partial<Record<HttpDoor, DoorHandler>>;
    /** Answers as the Kubernetes API; see `fakeKubernetes`. */
    readonly kubernetes?: DoorHandler;
    readonly redis?: Partial<Record<RedisStore, Redis>>;
    /** Default: those of the catalogue. */
    readonly services?: readonly InstalledService[];
}

const SERVICES = services(WORKLOADS).filter(
    (service): service is typeof service & InstalledService => service.operated === true,
);

const NO_KUBERNETES: DoorHandler = ({ path }) => ({
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
        public readonly doors: ReadonlyMap<HttpDoor, DoorServer>,
        public readonly kubernetesServer: DoorServer,
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
        const doors = new Map<HttpDoor, DoorServer>();
        for (const [door, handler] of Object.entries(options.doors ?? {})) {
            doors.set(door as HttpDoor, await DoorServer.start(handler));
        }
        return new FakeInstallation(
            options.environment ?? "dev",
            options.protected ?? false,
            doors,
            await DoorServer.start(options.kubernetes ?? NO_KUBERNETES),
            options.redis ?? {},
            options.services ?? SERVICES,
        );
    }

    get protected(): boolean {
        return this.isProtected;
    }

    http(door: HttpDoor): Promise<HttpClient> {
        const server = this.doors.get(door);
        if (!server) {
            return Promise.reject(new OperationsError(`${door} does not answer`));
        }
        const client = new ForwardedHttpClient({
            name: door,
            scheme: "http",
            host: door,
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
        const servers = [...this.doors.values(), this.kubernetesServer];
        await Promise.all(servers.map((server) => server.stop()));
    }
}
