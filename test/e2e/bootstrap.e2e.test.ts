import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderBootstrap } from "../../components/hysds/configuration";
import { inCluster } from "../unit/configuration/support/inputs";
import { askNode, SearchNode, startOpensearch } from "./support/consumers/opensearch-node";

let folder: string;
let node: SearchNode;

/** Runs the Job's entry against the node. */
function bootstrap() {
    const args = [join(folder, "job", "bootstrap.py"), "--attempts=3", "--delay=1"];
    return execa("python3", args, { reject: false });
}

/** Everything that the bootstrap defines. */
async function definitions(): Promise<unknown> {
    return Promise.all(
        ["/_index_template", "/_template", "/_ingest/pipeline", "/_mapping", "/_settings"].map(
            (path) => askNode(node, path),
        ),
    );
}

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hysds-bootstrap-"));
    await chmod(folder, 0o755);
    await mkdir(join(folder, "search"));
    await mkdir(join(folder, "job"));
    node = await startOpensearch(join(folder, "search"));
    const inputs = inCluster("opensearch");
    const { port } = new URL(node.url);
    const at = { ...inputs.search.mozart, host: "127.0.0.1", port: Number(port) };
    const search = { mozart: at, grq: at, metrics: at };
    for (const [name, text] of Object.entries(renderBootstrap({ ...inputs, search }))) {
        await writeFile(join(folder, "job", name), text, { mode: 0o600 });
    }
});

afterAll(async () => {
    await node?.stop();
    await rm(folder, { recursive: true, force: true });
});

describe("the bootstrap of a real OpenSearch", () => {
    it("is accepted, and changes nothing when it runs again", async () => {
        expect(await bootstrap()).toMatchObject({ exitCode: 0, stderr: "" });
        const once = await definitions();
        expect(await bootstrap()).toMatchObject({ exitCode: 0, stderr: "" });
        expect(await definitions()).toEqual(once);
    });

    it("says that a node without the plugin has no lifecycle", async () => {
        expect((await bootstrap()).stdout).toContain("this cluster has no lifecycle plugin");
    });

    it("puts a job's status into the aliases that HySDS searches, under the mapping of its template", async () => {
        const job = {
            status: "job-completed",
            job: { name: "sciflo-sar", priority: 5 },
            "@timestamp": "2026-11-24T00:00:00Z",
        };
        await askNode(node, "/job_status-2026.11.24/_doc/1?refresh=true", "PUT", job);
        const count = (alias: string) => askNode<{ count: number }>(node, `/${alias}/_count`);
        for (const alias of ["job_status", "job_status-current"]) {
            expect((await count(alias)).count, alias).toBe(1);
        }
        expect((await count("task_status-current").catch(() => ({ count: 0 }))).count).toBe(0);
        const exact = { query: { term: { status: "job-completed" } } };
        const found = await askNode<{ hits: { total: { value: number } } }>(
            node,
            "/job_status-current/_search",
            "POST",
            exact,
        );
        expect(found.hits.total.value).toBe(1);
    });

    it("finds a dataset by its shape and by a part of its name, with the time of its ingestion", async () => {
        const dataset = {
            id: "S1A_IW_SLC_20261124",
            location: { type: "Point", coordinates: [-118.2, 34.1] },
        };
        const path = "/grq_v1_slc/_doc/1?refresh=true&pipeline=dataset_pipeline";
        await askNode(node, path, "PUT", dataset);
        const envelope = {
            type: "envelope",
            coordinates: [
                [-119, 35],
                [-118, 34],
            ],
        };
        const near = { query: { geo_shape: { location: { shape: envelope } } } };
        const search = (query: object) =>
            askNode<{ hits: { hits: { _source: Record<string, unknown> }[] } }>(
                node,
                "/grq/_search",
                "POST",
                query,
            );
        const [hit] = (await search(near)).hits.hits;
        expect(hit?._source).toMatchObject({ id: dataset.id });
        expect(hit?._source["@timestamp"]).toMatch(/^\d{4}-\d\d-\d\dT/);
        const byPart = { query: { match: { id: "slc" } } };
        expect((await search(byPart)).hits.hits).toHaveLength(1);
    });
});
