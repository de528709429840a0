import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluateStack } from "../../workshop/plan/evaluate";
import { Evaluation } from "../../workshop/plan/evaluation";
import { reveal } from "../../workshop/plan/secret";
import { PodSpec } from "../support/workloads";
import { consumerPython } from "./support/consumers/installations";
import { startObjectStore } from "./support/consumers/object-store";

const PUBLISH = join(__dirname, "support/consumers/publish.py");

let folder: string;
let local: Evaluation;
let store: Awaited<ReturnType<typeof startObjectStore>>;

function inputs<T>(name: string): T {
    const found = local.resources.find(
        (resource) => resource.type.startsWith("kubernetes:") && resource.name === name,
    );
    return reveal(found?.inputs) as T;
}

function secretFiles(name: string): Record<string, string> {
    return inputs<{ stringData: Record<string, string> }>(name).stringData;
}

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hysds-object-store-"));
    local = await evaluateStack("local");
    const keys = secretFiles("stores-object-store-credentials");
    const { spec } = inputs<{ spec: { template: { spec: PodSpec } } }>("stores-object-store-pods")
        .spec.template;
    const [container] = spec.containers;
    store = await startObjectStore({
        command: container?.command ?? [],
        prepare: spec.initContainers?.[0]?.command ?? [],
        env: {
            ROOT_ACCESS_KEY_ID: keys["accessKeyId"] ?? "",
            ROOT_SECRET_ACCESS_KEY: keys["secretAccessKey"] ?? "",
        },
        files: { "tls.crt": keys["tls.crt"] ?? "", "tls.key": keys["tls.key"] ?? "" },
        folder: join(folder, "root"),
    });
});

afterAll(async () => {
    await store.stop();
    await rm(folder, { recursive: true, force: true });
});

/** A home with `~/.aws` of the job workers; only the place of the certificate is moved. */
async function home(): Promise<string> {
    const aws = join(folder, "home/.aws");
    await mkdir(aws, { recursive: true });
    for (const [name, text] of Object.entries(secretFiles("hysds-object-store"))) {
        await writeFile(join(aws, name), text.replaceAll("/opt/hysds/object-store", aws));
    }
    return join(folder, "home");
}

/** Where the stack publishes a dataset that nobody said anything of. */
function location(): string {
    const { datasets } = JSON.parse(
        secretFiles("hysds-configuration-jobs-datasets-json")["datasets.json"] ?? "",
    ) as { datasets: { publish: { location: string } }[] };
    return (datasets.at(-1)?.publish.location ?? "")
        .replace("{type}", "dataset")
        .replace("{version}", "v1.0")
        .replace("{id}", "hello");
}

describe("the object store of the local stack", () => {
    it("takes, finds, gives and forgets a dataset of a job, and nothing of anybody else", async () => {
        const { stdout } = await execa(
            await consumerPython(),
            [PUBLISH, location(), String(store.port), folder],
            { env: { HOME: await home(), PATH: process.env["PATH"] }, extendEnv: false },
        );
        expect(JSON.parse(stdout)).toEqual({
            before: [],
            after: [["/data.bin", 2 ** 24]],
            same: true,
            otherRegion: 1,
            anonymous: 403,
            wrongKey: 403,
            publicAuthorities: "certificate",
            removed: [],
            connections: ["object-store.hysds-stores.svc:443"],
        });
    });
});
