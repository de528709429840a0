import { chown, cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import getPort from "get-port";
import { callJson } from "../call-json";
import { end, said } from "./processes";
import { opensearchDistribution } from "./opensearch-distribution";

/** A search node that runs. */
export interface SearchNode {
    readonly url: string;
    /** Folder in which `fs` snapshot repositories may be. */
    readonly repositories: string;
    stop(): Promise<void>;
}

/**
 * Asks a node's API.
 *
 * @throws Error when it refuses, or does not know what it is asked for
 */
export async function askNode<Answer>(
    { url }: SearchNode,
    path: string,
    method = "GET",
    body?: unknown,
): Promise<Answer> {
    const answer = await callJson<Answer>(`${url}${path}`, method, body);
    if (answer === undefined) {
        throw new Error(`${method} ${path}: 404`);
    }
    return answer;
}

/** OpenSearch refuses to run as root: it is nobody then, who has its folder. */
const NOBODY = 65534;

/** In which one small node starts in seconds. */
const JAVA_OPTIONS = [
    "-Xms256m",
    "-Xmx256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Djava.security.manager=allow",
];

const LOGGING = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %c{1.} [%node_name]%marker %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
`;

/**
 * One OpenSearch node, without security and without plugins, on loopback. Needs `java` on the PATH.
 *
 * @param folder an empty folder that every user may enter
 */
export async function startOpensearch(folder: string): Promise<SearchNode> {
    const [httpPort, transportPort] = [await getPort(), await getPort()];
    const home = join(folder, "home");
    // Nobody cannot read the cache of root.
    await cp(await opensearchDistribution(), home, { recursive: true });
    const repositories = join(folder, "repositories");
    const [config, data, logs] = ["config", "data", "logs"].map((name) => join(home, name));
    for (const created of [config, data, logs, join(home, "plugins"), repositories]) {
        await mkdir(created ?? "", { recursive: true });
    }
    const settings = {
        "cluster.name": "hysds-test",
        "node.name": "node",
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": httpPort,
        "transport.port": transportPort,
        "path.data": data,
        "path.logs": logs,
        "path.repo": [repositories],
        "node.store.allow_mmap": false,
        // A test machine whose disk is nearly full is no reason to refuse a few small indices.
        "cluster.routing.allocation.disk.threshold_enabled": false,
    };
    const lines = Object.entries(settings).map(
        ([key, value]) => `${key}: ${JSON.stringify(value)}\n`,
    );
    await writeFile(join(config ?? "", "opensearch.yml"), lines.join(""));
    await writeFile(join(config ?? "", "log4j2.properties"), LOGGING);
    const asRoot = process.getuid?.() === 0;
    if (asRoot) {
        await give(folder);
    }
    const node = execa(
        "java",
        [
            ...JAVA_OPTIONS,
            `-Dopensearch.path.home=${home}`,
            `-Dopensearch.path.conf=${config}`,
            "-cp",
            join(home, "lib", "*"),
            "org.opensearch.bootstrap.OpenSearch",
        ],
        {
            cwd: folder,
            all: true,
            reject: false,
            forceKillAfterDelay: 20_000,
            ...(asRoot ? { uid: NOBODY, gid: NOBODY } : {}),
        },
    );
    await said(node, "o.o.n.Node [node] started");
    return { url: `http://127.0.0.1:${httpPort}`, repositories, stop: () => end(node) };
}

async function give(folder: string): Promise<void> {
    await chown(folder, NOBODY, NOBODY);
    const entries = await readdir(folder, { recursive: true });
    for (const entry of entries) {
        await chown(join(folder, entry), NOBODY, NOBODY);
    }
}
