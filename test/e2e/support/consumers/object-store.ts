import { mkdir, writeFile } from "node:fs/promises";
import { get } from "node:https";
import { join } from "node:path";
import { execa } from "execa";
import getPort from "get-port";
import pRetry from "p-retry";
import { IMAGES } from "../../../../components/kubernetes/images";
import { cached } from "./cached";
import { end } from "./processes";

const MODULE = "github.com/versity/versitygw/cmd/versitygw";

/** Folder of the image's program, built from its Go module at the version that the stacks run, in the cache. */
export function versitygwFolder(): Promise<string> {
    const version = IMAGES.pinned("object-store").split(":").pop() ?? "";
    return cached(`versitygw-${version}`, async (temporary) => {
        await execa("go", ["install", `${MODULE}@${version}`], {
            env: { GOBIN: temporary, GOWORK: "off" },
        });
    });
}

/** What clients call it in the cluster. */
const SERVER_NAME = "object-store.hysds-stores.svc";

export interface ObjectStoreArgs {
    /** Command line and variables of the container, its preparation, and the files of its Secret. */
    readonly command: readonly string[];
    readonly prepare: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly files: Readonly<Record<string, string>>;
    /** An empty folder that stands for the root of the container. */
    readonly folder: string;
}

/** The server as its pod starts it, on a port of loopback; only paths and the port are moved. */
export async function startObjectStore(
    args: ObjectStoreArgs,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
    const { folder, files, env } = args;
    const port = await getPort();
    const moved = (words: readonly string[]) =>
        words.map((word) =>
            word
                .replace(/^--port=.*/, `--port=127.0.0.1:${port}`)
                .replace(/(^|=)(\/(data|etc)\/)/, (_match, start: string, path: string) =>
                    [start, folder, path].join(""),
                ),
        );
    await mkdir(join(folder, "etc/hysds"), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
        await writeFile(join(folder, "etc/hysds", name), text, { mode: 0o600 });
    }
    const [prepare = "", ...prepareArguments] = moved(args.prepare);
    await execa(prepare, prepareArguments);
    const server = execa(join(await versitygwFolder(), "versitygw"), moved(args.command.slice(1)), {
        env,
        all: true,
        reject: false,
    });
    try {
        const ca = files["tls.crt"];
        await pRetry(() => healthy(port, ca), { retries: 100, factor: 1, minTimeout: 200 });
    } catch (error) {
        await end(server);
        throw error;
    }
    return { port, stop: () => end(server) };
}

/** What the probes of its pod ask, believed by its certificate alone. */
function healthy(port: number, ca: string | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
        const question = { host: "127.0.0.1", port, path: "/healthz", ca, servername: SERVER_NAME };
        get(question, (answer) => {
            answer.resume();
            if (answer.statusCode === 200) {
                resolve();
            } else {
                reject(new Error(`/healthz answers ${answer.statusCode}`));
            }
        }).on("error", reject);
    });
}
