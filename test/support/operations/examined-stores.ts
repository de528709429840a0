import { encode } from "@msgpack/msgpack";
import type { Redis } from "ioredis";
import { FakeHandler, FakeRequest } from "./fake-server";
import { restApiAnswer } from "./rest-apis";
import { SearchCluster } from "./search-cluster";

/** A broker with one queue and the replies that Celery's workers give: msgpack, as HySDS configures them. */
export function rabbitmq({
    consumers = 2,
    answering = 2,
    alarm = false,
}: {
    readonly consumers?: number;
    readonly answering?: number;
    readonly alarm?: boolean;
} = {}): FakeHandler {
    let pinged = false;
    return ({ method, path, json }: FakeRequest) => {
        if (path === "/api/nodes") {
            return { body: [{ name: "rabbit@1", running: true, mem_alarm: alarm }] };
        }
        if (path === "/api/queues/%2F") {
            return { body: [{ name: "user_rules_job", messages_ready: 3, consumers }] };
        }
        if (path.endsWith("celery.pidbox/publish")) {
            const { payload } = json as { payload: string };
            pinged = (JSON.parse(payload) as { method: string }).method === "ping";
            return { body: { routed: answering > 0 } };
        }
        if (path.endsWith("/get")) {
            const replies = Array.from({ length: pinged ? answering : 0 }, (_, index) => ({
                payload: Buffer.from(encode({ [`w${index}@pod`]: { ok: "pong" } })).toString(
                    "base64",
                ),
                properties: { content_type: "application/x-msgpack" },
            }));
            return { body: replies };
        }
        return { status: method === "DELETE" ? 204 : 201 };
    };
}

/** A search cluster, with the job types of Mozart's. */
export function search({
    status = "green",
    missing = "",
    diskPercent = 12,
    jobSpecs = {},
}: {
    readonly status?: string;
    readonly missing?: string;
    readonly diskPercent?: number;
    readonly jobSpecs?: Readonly<Record<string, Record<string, unknown>>>;
} = {}): FakeHandler {
    const documents = new SearchCluster({ job_specs: jobSpecs });
    return (request) => {
        const { path } = request;
        if (path.includes("_search")) {
            return documents.handler(request);
        }
        if (path === "/_cluster/health") {
            return { body: { status, number_of_nodes: 1, unassigned_shards: 0 } };
        }
        if (path === "/_cat/allocation") {
            return { body: [{ node: "node-1", "disk.percent": String(diskPercent) }] };
        }
        return path.endsWith(`/${missing}`) ? { status: 404 } : { body: {} };
    };
}

/** Mozart with a job type, whose jobs end as told. */
export function mozart(types: readonly string[], end = "job-completed"): FakeHandler {
    let asked = 0;
    return ({ path }) => {
        switch (path) {
            case "/api/v0.1/job_spec/list":
                return { body: { success: true, result: types } };
            case "/api/v0.1/queue/list":
                return { body: { success: true, result: { queues: [], recommended: ["small"] } } };
            case "/api/v0.1/job/submit":
                return { body: { success: true, result: "job-id" } };
            case "/api/v0.1/job/status":
                asked += 1;
                return asked === 1 ? { status: 404 } : { body: { success: true, status: end } };
            default:
                return restApiAnswer("mozart", path);
        }
    };
}

/** A Redis of which so many percent are used. */
export const store = (used: number): Redis =>
    ({
        info: () => Promise.resolve(`used_memory:${used}\r\nmaxmemory:100\r\n`),
        dbsize: () => Promise.resolve(1),
        llen: () => Promise.resolve(0),
    }) as unknown as Redis;
