import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { IMAGES } from "../../../../components/kubernetes/images";
import { cached } from "./cached";

/** The release that the stacks' own nodes run. */
export const OPENSEARCH_VERSION =
    IMAGES.pinned("search", "opensearch", "2.19").split(":").pop() ?? "";

/** A module of the distribution: its artifact on Maven Central, its class, and what it may do beside what all may. */
interface Module {
    readonly artifact: string;
    readonly plugin: string;
    readonly permissions?: readonly string[];
}

const RUNTIME = "java.lang.RuntimePermission";
/** What the bootstrap and snapshots use. Permissions: https://github.com/opensearch-project/OpenSearch/tree/2.19/modules */
const MODULES: Readonly<Record<string, Module>> = {
    "transport-netty4": {
        artifact: "transport-netty4-client",
        plugin: "org.opensearch.transport.Netty4Plugin",
        permissions: [
            'java.io.FilePermission "/proc/sys/net/core/somaxconn", "read"',
            'java.net.SocketPermission "*", "accept,connect"',
            `${RUNTIME} "setContextClassLoader"`,
            `${RUNTIME} "getClassLoader"`,
            'java.util.PropertyPermission "sun.nio.ch.bugLevel", "write"',
        ],
    },
    "lang-mustache": {
        artifact: "lang-mustache-client",
        plugin: "org.opensearch.script.mustache.MustachePlugin",
        permissions: [`${RUNTIME} "accessDeclaredMembers"`],
    },
    "ingest-common": {
        artifact: "ingest-common",
        plugin: "org.opensearch.ingest.common.IngestCommonPlugin",
    },
    "analysis-common": {
        artifact: "analysis-common",
        plugin: "org.opensearch.analysis.common.CommonAnalysisPlugin",
    },
    geo: { artifact: "geo", plugin: "org.opensearch.geo.GeoModulePlugin" },
};

/** The server, and what its artifact names as optional: logging, without which it does not start, and shapes. */
const SERVER = [
    `org.opensearch:opensearch:${OPENSEARCH_VERSION}`,
    `org.opensearch:opensearch-plugin-classloader:${OPENSEARCH_VERSION}`,
    "org.apache.logging.log4j:log4j-core:2.25.4",
    "org.locationtech.spatial4j:spatial4j:0.7",
    "org.locationtech.jts:jts-core:1.15.0",
];

/**
 * OpenSearch put together from its artifacts on Maven Central, in the cache, in the layout of its distribution: `lib`
 * and `modules`. Needs `mvn` on the PATH. Plugins of the full distribution (index management, security) are not
 * among them.
 */
export function opensearchDistribution(): Promise<string> {
    const key = createHash("sha256")
        .update(JSON.stringify([SERVER, MODULES]))
        .digest("hex");
    return cached(`opensearch-${key.slice(0, 12)}`, async (temporary) => {
        await download(temporary);
        await arrange(temporary);
    });
}

/** One project for the server and for each module, as each has its own folder of jars. */
async function download(folder: string): Promise<void> {
    const projects = {
        server: SERVER,
        ...Object.fromEntries(
            Object.entries(MODULES).map(([name, { artifact }]) => [
                name,
                [`org.opensearch.plugin:${artifact}:${OPENSEARCH_VERSION}`],
            ]),
        ),
    };
    const names = Object.keys(projects);
    const modules = names.map((name) => `<module>${name}</module>`).join("");
    await writeFile(
        join(folder, "pom.xml"),
        project("all", `<packaging>pom</packaging><modules>${modules}</modules>`),
    );
    for (const [name, artifacts] of Object.entries(projects)) {
        await mkdir(join(folder, name));
        const dependencies = artifacts.map(dependency).join("");
        const body = `<dependencies>${dependencies}</dependencies>`;
        await writeFile(join(folder, name, "pom.xml"), project(name, body));
    }
    await execa(
        "mvn",
        [
            "--quiet",
            "--batch-mode",
            "dependency:copy-dependencies",
            "-DincludeScope=runtime",
            "-DoutputDirectory=${project.basedir}/jars",
        ],
        { cwd: folder },
    );
}

function project(name: string, body: string): string {
    return (
        "<project><modelVersion>4.0.0</modelVersion><groupId>test</groupId>" +
        `<artifactId>${name}</artifactId><version>1</version>${body}</project>`
    );
}

function dependency(coordinates: string): string {
    const [group, artifact, version] = coordinates.split(":");
    return (
        `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>` +
        `<version>${version}</version></dependency>`
    );
}

async function arrange(folder: string): Promise<void> {
    await rename(join(folder, "server", "jars"), join(folder, "lib"));
    const ofServer = new Set(await readdir(join(folder, "lib")));
    for (const [name, module] of Object.entries(MODULES)) {
        const home = join(folder, "modules", name);
        await mkdir(home, { recursive: true });
        const jars = await readdir(join(folder, name, "jars"));
        for (const jar of jars.filter((file) => !ofServer.has(file))) {
            await rename(join(folder, name, "jars", jar), join(home, jar));
        }
        await rm(join(folder, name), { recursive: true });
        await describeModule(home, name, module);
    }
}

async function describeModule(home: string, name: string, module: Module): Promise<void> {
    const descriptor = {
        name,
        description: name,
        version: OPENSEARCH_VERSION,
        "opensearch.version": OPENSEARCH_VERSION,
        "java.version": "11",
        classname: module.plugin,
    };
    const lines = Object.entries(descriptor).map(([key, value]) => `${key}=${value}\n`);
    await writeFile(join(home, "plugin-descriptor.properties"), lines.join(""));
    if (module.permissions) {
        const granted = module.permissions.map((permission) => `  permission ${permission};\n`);
        await writeFile(join(home, "plugin-security.policy"), `grant {\n${granted.join("")}};\n`);
    }
}
