import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { execa } from "execa";
import getPort from "get-port";
import { debianServers } from "./installations";
import { end, Process, said } from "./processes";

export interface Server {
    readonly port: number;
    readonly tlsPort: number;
    /** Ends the processes that this server started, and waits for them. */
    stop(): Promise<void>;
}

export interface ServerArgs {
    /** An empty folder for data and configuration. */
    readonly folder: string;
    /** Folder with `server.pem`, `server.key` and the authority's `client.pem`. */
    readonly certificates: string;
    readonly password: string;
}

/** Redis with a password, without TLS on one port and with it on another; loopback only. */
export async function startRedis({ folder, certificates, password }: ServerArgs): Promise<Server> {
    const root = await debianServers();
    const [port, tlsPort] = [await getPort(), await getPort()];
    const configuration = {
        bind: "127.0.0.1",
        port: String(port),
        "tls-port": String(tlsPort),
        "tls-cert-file": join(certificates, "server.pem"),
        "tls-key-file": join(certificates, "server.key"),
        "tls-ca-cert-file": join(certificates, "client.pem"),
        "tls-auth-clients": "no",
        requirepass: JSON.stringify(password),
        dir: folder,
        save: '""',
        "maxmemory-policy": "noeviction",
    };
    const file = join(folder, "redis.conf");
    const lines = Object.entries(configuration).map(([key, value]) => `${key} ${value}\n`);
    await writeFile(file, lines.join(""));
    // Debian's redis-server is this same program by another name.
    const redis = run(
        join(root, "usr/bin/redis-check-rdb"),
        [file],
        libraries(root),
        "redis-server",
    );
    await said(redis, "Ready to accept connections");
    return { port, tlsPort, stop: () => end(redis) };
}

/** A Redis that has read an RDB file, as the pods that restore one have beside their script; loopback only. */
export async function startLoadedRedis(dump: string): Promise<Omit<Server, "tlsPort">> {
    const root = await debianServers();
    const port = await getPort();
    const options = {
        bind: "127.0.0.1",
        port: String(port),
        dir: dirname(dump),
        dbfilename: basename(dump),
        save: "",
    };
    const redis = run(
        join(root, "usr/bin/redis-check-rdb"),
        Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
        libraries(root),
        "redis-server",
    );
    await said(redis, "Ready to accept connections");
    return { port, stop: () => end(redis) };
}

/** A broker, with the port of its management API, which answers where that was asked for. */
export interface Broker extends Server {
    readonly managementPort: number;
}

export interface BrokerArgs extends ServerArgs {
    readonly user: string;
    /** Whether it has the management API. */
    readonly management?: boolean;
}

/** RabbitMQ with one user, on a port without TLS and on one with it; loopback only, its own epmd beside it. */
export async function startRabbitmq(args: BrokerArgs): Promise<Broker> {
    const root = await debianServers();
    const [port, tlsPort, distribution, epmdPort, managementPort] = [
        await getPort(),
        await getPort(),
        await getPort(),
        await getPort(),
        await getPort(),
    ];
    await writeFile(
        join(args.folder, "rabbitmq.conf"),
        brokerConfiguration(args, port, tlsPort, distribution) +
            (args.management ? managementConfiguration(managementPort) : ""),
    );
    const plugins = args.management ? "[rabbitmq_management]." : "[].";
    await writeFile(join(args.folder, "plugins"), plugins);
    const erlang = join(root, "usr/lib/erlang/bin");
    const environment = await brokerEnvironment(root, erlang, args.folder, epmdPort);
    const epmd = run(join(erlang, "epmd"), [], environment);
    const home = join(root, "usr/lib/rabbitmq/lib");
    const [version = ""] = await readdir(home);
    const broker = run(join(home, version, "sbin/rabbitmq-server"), [], {
        ...environment,
        RABBITMQ_PLUGINS_DIR: join(home, version, "plugins"),
        // Not in rabbitmq.conf, where `#` in a password would begin a comment.
        RABBITMQ_DEFAULT_USER: args.user,
        RABBITMQ_DEFAULT_PASS: args.password,
    });
    const stop = async () => {
        await end(broker);
        await end(epmd);
    };
    try {
        await said(broker, "Server startup complete");
    } catch (error) {
        await stop();
        throw error;
    }
    return { port, tlsPort, managementPort, stop };
}

function managementConfiguration(port: number): string {
    return `management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = ${port}\n`;
}

function brokerConfiguration(
    { certificates }: ServerArgs,
    port: number,
    tlsPort: number,
    distribution: number,
): string {
    const settings = {
        "listeners.tcp.1": `127.0.0.1:${port}`,
        "listeners.ssl.1": `127.0.0.1:${tlsPort}`,
        "ssl_options.cacertfile": join(certificates, "client.pem"),
        "ssl_options.certfile": join(certificates, "server.pem"),
        "ssl_options.keyfile": join(certificates, "server.key"),
        "ssl_options.verify": "verify_none",
        "distribution.listener.interface": "127.0.0.1",
        "distribution.listener.port_range.min": String(distribution),
        "distribution.listener.port_range.max": String(distribution),
    };
    return Object.entries(settings)
        .map(([key, value]) => `${key} = ${value}\n`)
        .join("");
}

async function brokerEnvironment(
    root: string,
    erlang: string,
    folder: string,
    epmdPort: number,
): Promise<Record<string, string>> {
    await Promise.all(["mnesia", "log"].map((name) => mkdir(join(folder, name))));
    return {
        ...libraries(root),
        PATH: `${erlang}:${process.env.PATH}`,
        HOME: folder,
        ERL_EPMD_ADDRESS: "127.0.0.1",
        ERL_EPMD_PORT: String(epmdPort),
        RABBITMQ_NODENAME: "hysds-test@localhost",
        RABBITMQ_CONFIG_FILE: join(folder, "rabbitmq"),
        RABBITMQ_CONF_ENV_FILE: "/dev/null",
        RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, "plugins"),
        RABBITMQ_LOGS: "-",
        RABBITMQ_LOG_BASE: join(folder, "log"),
        RABBITMQ_MNESIA_BASE: join(folder, "mnesia"),
        RABBITMQ_PID_FILE: join(folder, "pid"),
    };
}

function libraries(root: string): Record<string, string> {
    return { LD_LIBRARY_PATH: join(root, "usr/lib/x86_64-linux-gnu") };
}

function run(
    file: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    argv0?: string,
): Process {
    return execa(file, args, { env, argv0, all: true, reject: false, forceKillAfterDelay: 20_000 });
}
