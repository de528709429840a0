import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
    renderUiNginx,
    renderUiSearchScript,
    UI_PORT,
} from "../../components/hysds/configuration/ui";
import { gatewayRoutes, renderGatewayConfig } from "../../components/operations/gateway-config";
import { WORKLOADS } from "../support/workloads-of-hysds";
import { inCluster } from "../unit/configuration/support/inputs";
import { Answer, RecordingServer, Sent, askAt } from "./support/consumers/http";
import { startNginx } from "./support/consumers/nginx";

const PASSWORD = 'disguised "$host" \\ password';
const PAGE = "<!doctype html><title>HySDS</title>";

let folder: string;
let port: number;
let cluster: RecordingServer;
const endings: (() => Promise<unknown>)[] = [];

async function directory(name: string): Promise<string> {
    await mkdir(join(folder, name));
    return join(folder, name);
}

async function startUi(here: number, clusterPort: number): Promise<void> {
    const ui = await directory("ui");
    await mkdir(join(ui, "html/hysds_ui"), { recursive: true });
    await writeFile(join(ui, "html/hysds_ui/index.html"), PAGE);
    await writeFile(join(ui, "html/hysds_ui/index_bundle.js"), "bundle();");
    await writeFile(join(ui, "search.js"), renderUiSearchScript());
    const inputs = inCluster();
    const store = {
        ...inputs.search.grq,
        host: "127.0.0.1",
        port: clusterPort,
        password: PASSWORD,
    };
    const search = { mozart: store, grq: store, metrics: store };
    const nginx = await startNginx({
        folder: ui,
        configuration: renderUiNginx({ search, clusterDomain: "cluster.local" }),
        port: { rendered: UI_PORT, here },
        instead: {
            "/usr/share/nginx/html": join(ui, "html"),
            "/etc/nginx/search.js": join(ui, "search.js"),
        },
    });
    endings.push(() => nginx.stop());
}

async function startGateway(here: number, uiPort: number): Promise<void> {
    const configuration = renderGatewayConfig({
        port: 8080,
        routes: gatewayRoutes(WORKLOADS, "hysds"),
        externalScheme: "http",
        resolvers: "127.0.0.1",
        clusterDomain: "cluster.local",
    });
    const nginx = await startNginx({
        folder: await directory("gateway"),
        configuration,
        port: { rendered: 8080, here },
        instead: { "http://hysds-ui.hysds.svc.cluster.local:8080": `http://127.0.0.1:${uiPort}` },
    });
    endings.push(() => nginx.stop());
}

const ask = (path: string, sent: Sent = {}): Promise<Answer> => askAt(port, path, sent);
const post = (path: string, body: string): Promise<Answer> => ask(path, { method: "POST", body });

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hysds-ui-"));
    cluster = await RecordingServer.start('{"responses":[]}');
    const uiPort = await getPort();
    port = await getPort();
    await startUi(uiPort, cluster.port);
    await startGateway(port, uiPort);
});

beforeEach(() => {
    cluster.received.length = 0;
});

afterAll(async () => {
    await Promise.all(endings.map((end) => end()));
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
});

/** What Tosca asks when it opens: one line of how, one of what, for each filter and for the list. */
const SEARCHES = [
    { preference: "dataset" },
    {
        query: { match_all: {} },
        size: 0,
        aggs: { "dataset.keyword": { terms: { field: "dataset.keyword" } } },
    },
    { preference: "results" },
    {
        query: {
            bool: {
                must: [
                    { geo_shape: { location: { shape: { type: "polygon", coordinates: [] } } } },
                ],
            },
        },
        size: 10,
        _source: { includes: ["_index", "id"], excludes: [] },
        sort: [{ "metadata.description": { order: "asc" } }],
    },
]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join("");

describe("the pages", () => {
    it("are served under every path that the application routes by itself", async () => {
        for (const path of ["/hysds_ui/", "/hysds_ui/tosca", "/hysds_ui/figaro/user-rule/1"]) {
            expect(await ask(path)).toMatchObject({ status: 200, body: PAGE });
        }
        expect((await ask("/hysds_ui/index_bundle.js")).body).toBe("bundle();");
        expect(await ask("/hysds_ui")).toMatchObject({
            status: 308,
            headers: { location: "/hysds_ui/" },
        });
    });

    it("are linked from the start page, and the paths of searches are not", async () => {
        const { body } = await ask("/");
        expect(body).toContain("href='/hysds_ui/'");
        expect(body).not.toContain("_es");
    });
});

describe("a search of the user interface", () => {
    // The application puts an origin and a path together with two slashes between them.
    it.each(["/grq_es/grq", "//grq_es/grq", "/mozart_es/job_status", "//mozart_es/job_status"])(
        "is let through: POST %s/_msearch",
        async (path) => {
            const { status, body } = await post(`${path}/_msearch?`, SEARCHES);
            expect({ status, body }).toEqual({ status: 200, body: '{"responses":[]}' });
            const [, , alias] = path.replace("//", "/").split("/");
            expect(cluster.received).toEqual([
                expect.objectContaining({
                    method: "POST",
                    url: `/${alias}/_msearch`,
                    body: SEARCHES,
                }),
            ]);
            expect(cluster.received[0]?.headers["content-type"]).toBe("application/x-ndjson");
        },
    );

    it("is counted", async () => {
        const query = '{"query":{"bool":{"must":{"term":{"status":"job-failed"}}}}}';
        expect((await post("/mozart_es/job_status/_count", query)).status).toBe(200);
        expect(cluster.received[0]).toMatchObject({ url: "/job_status/_count", body: query });
    });

    it("reads one dataset", async () => {
        const path = "/grq_v1.0_s1-slc/_doc/S1A_IW_SLC-v1:2.0~a";
        expect((await ask(`/grq_es${path}`)).status).toBe(200);
        expect(cluster.received[0]).toMatchObject({ method: "GET", url: path });
    });

    it("arrives with the cluster's credentials, and without what the browser sent along", async () => {
        await ask("/grq_es/grq/_msearch?allow_no_indices=true", {
            method: "POST",
            body: SEARCHES,
            headers: { authorization: "Basic bWU6bWU=", cookie: "session=1" },
        });
        const credentials = Buffer.from(`admin:${PASSWORD}`).toString("base64");
        expect(cluster.received[0]?.headers).toMatchObject({
            authorization: `Basic ${credentials}`,
        });
        expect(cluster.received[0]?.headers).not.toHaveProperty("cookie");
        expect(cluster.received[0]?.url).toBe("/grq/_msearch");
    });

    it("may be as long as filters make it, up to a mebibyte", async () => {
        const terms = Array.from({ length: 20_000 }, (_, index) => `dataset-${index}`);
        const long = `{"preference":"results"}\n${JSON.stringify({ query: { terms: { id: terms } } })}\n`;
        expect((await post("/grq_es/grq/_msearch", long)).status).toBe(200);
        expect(cluster.received[0]?.body).toBe(long);
        const longer = await post("/grq_es/grq/_msearch", long.repeat(6));
        expect(longer.status).toBe(413);
    });
});

const OTHER_PATHS: [string, string][] = [
    ["GET", "/grq_es"],
    ["GET", "/grq_es/"],
    ["GET", "/grq_es/_cat/indices"],
    ["GET", "/grq_es/grq/_search"],
    ["POST", "/grq_es/grq/_search"],
    ["POST", "/grq_es/_msearch"],
    ["POST", "/grq_es/_all/_msearch"],
    ["POST", "/grq_es/user_rules-grq/_msearch"],
    ["POST", "/grq_es/grq,user_rules-grq/_msearch"],
    ["POST", "/grq_es/grq/../user_rules-grq/_msearch"],
    ["POST", "/grq_es/grq%2Cuser_rules-grq/_count"],
    ["POST", "/grq_es/job_status/_msearch"],
    ["POST", "/mozart_es/grq/_msearch"],
    ["POST", "/grq_es/grq/_msearch/template"],
    ["GET", "/grq_es/grq/_msearch"],
    ["PUT", "/grq_es/grq/_msearch"],
    ["GET", "/grq_es/grq/_count"],
    ["DELETE", "/grq_es/grq"],
    ["POST", "/grq_es/grq/_delete_by_query"],
    ["POST", "/grq_es/_bulk"],
    ["PUT", "/grq_es/grq_v1_a/_doc/b"],
    ["POST", "/grq_es/grq_v1_a/_doc/b"],
    ["DELETE", "/grq_es/grq_v1_a/_doc/b"],
    ["GET", "/grq_es/user_rules-grq/_doc/b"],
    ["GET", "/grq_es/grq_v1_a,user_rules-grq/_doc/b"],
    ["GET", "/grq_es/grq_*/_doc/b"],
    ["GET", "/grq_es/grq_v1_a/_doc/b%2F..%2F..%2Fuser_rules-grq"],
    ["GET", "/grq_es/grq_v1_a/_doc/b%3Fc"],
    ["GET", "/grq_es/grq_v1_a/_doc/b%0d%0aX-Y:z"],
    ["GET", "/grq_es/grq_v1_a/_mapping"],
    ["GET", "/mozart_es/job_status-2026.01.01/_doc/b"],
];

const header = '{"preference":"results"}\n';
const OTHER_BODIES: [string, string, string][] = [
    ["another index in its header", "_msearch", '{"index":"user_rules-grq"}\n{"query":{}}\n'],
    ["several indices in its header", "_msearch", '{"index":["a","b"]}\n{"query":{}}\n'],
    ["an index by an escape", "_msearch", '{"\\u0069ndex":"user_rules-grq"}\n{"query":{}}\n'],
    ["an index in its second header", "_msearch", `${header}{}\n{"index":"a"}\n{}\n`],
    [
        "terms of another index",
        "_msearch",
        `${header}{"query":{"terms":{"id":{"index":"a","id":"1","path":"b"}}}}\n`,
    ],
    [
        "likeness to another index",
        "_msearch",
        `${header}{"query":{"more_like_this":{"like":[{"_index":"a","_id":"1"}]}}}\n`,
    ],
    ["a script", "_msearch", `${header}{"script_fields":{"a":{"script":"1"}}}\n`],
    [
        "a scripted metric",
        "_msearch",
        `${header}{"aggs":{"a":{"scripted_metric":{"init_script":""}}}}\n`,
    ],
    ["a header too many", "_msearch", `${header}{}\n${header}`],
    ["no JSON", "_msearch", `${header}query: all\n`],
    ["nothing", "_msearch", ""],
    [
        "terms of another index",
        "_count",
        '{"query":{"terms":{"id":{"index":"a","id":"1","path":"b"}}}}',
    ],
    ["more than a query", "_count", '{"query":{},"size":3}'],
    ["a list", "_count", "[]"],
];

describe("everything else is answered 403, and no cluster hears of it", () => {
    it.each(OTHER_PATHS)("%s %s", async (method, path) => {
        const answer = await ask(path, { method, body: method === "GET" ? "" : SEARCHES });
        expect([403, 308]).toContain(answer.status);
        expect(answer.status === 308).toBe(path === "/grq_es");
        expect(cluster.received).toEqual([]);
    });

    it.each(OTHER_BODIES)("a body with %s, to %s", async (_what, operation, body) => {
        const answer = await post(`/grq_es/grq/${operation}`, body);
        expect(answer.status).toBe(403);
        expect(JSON.parse(answer.body)).toMatchObject({ status: 403 });
        expect(cluster.received).toEqual([]);
    });
});
