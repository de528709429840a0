import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { resolvedEndpoint } from "../../../../components/backends/endpoint";
import { Scheme } from "../../../../components/settings/scheme";
import { ConfigurationInputs, StoreAddress } from "../../../../components/hysds/configuration";
import { managed } from "../../../unit/configuration/support/inputs";
import { consumerPython } from "./installations";
import { Server, startRabbitmq, startRedis } from "./servers";

/** Everything that Amazon MQ and ElastiCache allow and a URL does not like. */
const BROKER_PASSWORD = `disguised/@?#%&+ "'\\$[]{}~`;
const REDIS_PASSWORD = `disguised?#%&+:'$[]{}~!^`;
const USER = "hysds";

/** RabbitMQ and Redis of a stack, on loopback, with passwords, and with TLS on a port of its own. */
export class Stores {
    private constructor(
        private readonly folder: string,
        private readonly broker: Server,
        private readonly redis: Server,
        /** File of the certificate authority that signed their certificates. */
        readonly authority: string,
    ) {}

    static async start(): Promise<Stores> {
        const folder = await mkdtemp(join(tmpdir(), "hysds-stores-"));
        const certificates = join(folder, "certificates");
        await mkdir(certificates);
        const identities = ["--identities", "localhost", "127.0.0.1"];
        await execa(await consumerPython(), [
            "-m",
            "trustme",
            "--dir",
            certificates,
            ...identities,
        ]);
        const at = async (name: string) => {
            await mkdir(join(folder, name));
            return { folder: join(folder, name), certificates };
        };
        const redis = await startRedis({ ...(await at("redis")), password: REDIS_PASSWORD });
        const broker = await startRabbitmq({
            ...(await at("rabbitmq")),
            user: USER,
            password: BROKER_PASSWORD,
        });
        return new Stores(folder, broker, redis, join(certificates, "client.pem"));
    }

    /** What a stack with these stores renders its configuration from. */
    inputs(encrypted: boolean): ConfigurationInputs {
        const { broker, redis } = this;
        const store = encrypted
            ? address("rediss", redis.tlsPort, REDIS_PASSWORD)
            : address("redis", redis.port, REDIS_PASSWORD);
        return {
            ...managed(),
            broker: encrypted
                ? address("amqps", broker.tlsPort, BROKER_PASSWORD, USER)
                : address("amqp", broker.port, BROKER_PASSWORD, USER),
            resultStore: store,
            metricsStore: store,
        };
    }

    async stop(): Promise<void> {
        await this.broker.stop();
        await this.redis.stop();
        await rm(this.folder, { recursive: true, force: true });
    }
}

function address(scheme: Scheme, port: number, password: string, username = ""): StoreAddress {
    return resolvedEndpoint({ scheme, host: "localhost", port, username, password });
}
