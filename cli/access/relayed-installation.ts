import { KubeConfig } from "@kubernetes/client-node";
import { Redis } from "ioredis";
import {
    RelayTarget,
    InstallationFile,
    StoreTarget,
    storeTargetNames,
} from "../../contract/installation-file";
import { oneLine, OperationsError } from "../errors";
import { ForwardedHttpClient, HttpClient } from "../http-client";
import {
    Environment,
    HttpTarget,
    InstalledService,
    Installation,
    RedisStore,
} from "../installation";
import { ForwardedPort, PortForwarder } from "./port-forward";

/** An installation that is reached through its relay by port-forwards, opened on first use. */
export class RelayedInstallation implements Installation {
    private readonly httpClients = new Map<HttpTarget, Promise<ForwardedHttpClient>>();
    private readonly redisClients = new Map<RedisStore, Promise<Redis>>();
    private forwarder?: Promise<PortForwarder>;

    /** @param relay opens the way into the relay's pod; called at most once */
    constructor(
        public readonly kubernetes: KubeConfig,
        private readonly file: InstallationFile,
        private readonly relay: () => Promise<PortForwarder>,
    ) {}

    get name(): string {
        return this.file.stack;
    }

    get environment(): Environment {
        return this.file.environment;
    }

    get protected(): boolean {
        return this.file.protected;
    }

    get namespaces(): InstallationFile["namespaces"] {
        return this.file.namespaces;
    }

    get external(): readonly string[] {
        return this.file.external ?? [];
    }

    get services(): readonly InstalledService[] {
        return Object.entries<RelayTarget>(this.file.doors)
            .filter(([name]) => !storeTargetNames.includes(name))
            .map(([name, { alivePath }]) => ({ name, alivePath }) as InstalledService);
    }

    http(target: HttpTarget): Promise<HttpClient> {
        return remembered(this.httpClients, target, () => this.openHttp(target));
    }

    redis(store: RedisStore): Promise<Redis> {
        return remembered(this.redisClients, store, () => this.openRedis(store));
    }

    async close(): Promise<void> {
        const clients = await opened(this.httpClients);
        await Promise.all(clients.map((client) => client.close()));
        (await opened(this.redisClients)).forEach((client) => client.disconnect());
        await (await this.forwarder?.catch(() => undefined))?.close();
    }

    private async openHttp(name: HttpTarget): Promise<ForwardedHttpClient> {
        const { scheme, host, username, password } = this.target(name);
        const way = await this.open(name);
        return new ForwardedHttpClient({
            name,
            scheme: scheme === "https" ? "https" : "http",
            host,
            connectTo: way,
            whyBroken: way.failure,
            ...(username !== undefined && password !== undefined
                ? { credentials: { username, password } }
                : {}),
        });
    }

    private async openRedis(store: RedisStore): Promise<Redis> {
        const name: StoreTarget = `${store}-redis`;
        const way = await this.open(name);
        const client = new Redis(redisOptions(this.file.doors[name], way));
        let last: unknown;
        client.on("error", (failure: unknown) => (last = failure));
        try {
            await client.connect();
        } catch (failure) {
            client.disconnect();
            const why = way.failure() ?? oneLine(last ?? failure);
            throw new OperationsError(
                `Redis of ${store} does not answer (${why}): run "hysds-ops doctor"`,
                { cause: failure },
            );
        }
        return client;
    }

    private async open(name: HttpTarget | StoreTarget): Promise<ForwardedPort> {
        const { port } = this.target(name);
        this.forwarder ??= this.relay();
        return (await this.forwarder).open(port);
    }

    private target(name: HttpTarget | StoreTarget): RelayTarget {
        const target = this.file.doors[name];
        if (!target) {
            throw new OperationsError(
                `the stack ${this.name} names no ${name}: run "pulumi up" with its program as new as hysds-ops`,
            );
        }
        return target;
    }
}

function redisOptions({ scheme, host, username, password }: RelayTarget, way: ForwardedPort) {
    return {
        host: way.host,
        port: way.port,
        ...(username ? { username } : {}),
        ...(password ? { password } : {}),
        ...(scheme === "rediss" ? { tls: { servername: host } } : {}),
        lazyConnect: true,
        connectTimeout: 15_000,
        maxRetriesPerRequest: 1,
        retryStrategy: (attempt: number) => (attempt > 2 ? null : 200 * attempt),
    };
}

/** A failure is not remembered: the next call tries again. */
function remembered<Key, Value>(
    known: Map<Key, Promise<Value>>,
    key: Key,
    make: () => Promise<Value>,
): Promise<Value> {
    const found = known.get(key);
    if (found) {
        return found;
    }
    const made = make();
    known.set(key, made);
    made.catch(() => known.delete(key));
    return made;
}

/** Those that could be made. */
async function opened<Value>(known: ReadonlyMap<unknown, Promise<Value>>): Promise<Value[]> {
    const settled = await Promise.allSettled([...known.values()]);
    return settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
}
