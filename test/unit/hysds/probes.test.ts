import * as net from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ProbedPod } from "../../support/probe";

let pod: ProbedPod;
const servers: net.Server[] = [];

beforeEach(async () => {
    pod = await ProbedPod.create();
});

afterEach(async () => {
    for (const server of servers.splice(0)) {
        await new Promise((closed) => server.close(closed));
    }
    await pod.remove();
});

/** A store on loopback that answers each request it is sent; its port. */
async function store(answer: (request: string) => string): Promise<number> {
    const server = net.createServer((socket) => {
        socket.on("data", (data) => socket.write(answer(data.toString("latin1")), "latin1"));
        socket.on("error", () => socket.destroy());
    });
    servers.push(server);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return (server.address() as net.AddressInfo).port;
}

/** A port on which nothing listens. */
async function nobody(): Promise<number> {
    const port = await store(() => "");
    await new Promise((closed) => servers.pop()?.close(closed));
    return port;
}

const BROKER = (request: string): string => (request.startsWith("AMQP") ? "\x01\x00\x00" : "\x00");

/** Redis with a password: two commands, the one after the other. */
function redis(password: string): (request: string) => string {
    return (request) => {
        if (request.includes("PING")) {
            return "+PONG\r\n";
        }
        return request.includes(`\r\n${password}\r\n`) ? "+OK\r\n" : "-WRONGPASS no\r\n";
    };
}

async function probe(
    celeryconfig: Record<string, string>,
    ...words: string[]
): Promise<{ exitCode?: number; stderr: string }> {
    const lines = Object.entries(celeryconfig).map(([key, url]) => `${key} = "${url}"\n`);
    return pod.probe({ "celeryconfig.py": lines.join("") }, words);
}

describe("readiness of a service", () => {
    it("needs every store that it names", async () => {
        const config = {
            broker_url: `amqp://hysds:secret@127.0.0.1:${await store(BROKER)}//`,
            result_backend: `redis://:a%2Fb@127.0.0.1:${await store(redis("a/b"))}/`,
            JOBS_ES_URL: `http://admin:secret@127.0.0.1:${await store(() => "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")}`,
        };
        const stores = ["broker", "results", "search-jobs"];
        expect(await probe(config, "stores", ...stores)).toMatchObject({ exitCode: 0, stderr: "" });

        const away = { ...config, result_backend: `redis://:x@127.0.0.1:${await nobody()}/` };
        const { exitCode, stderr } = await probe(away, "stores", ...stores);
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/^results \(result_backend\): .*refused/);
    });

    it("is not given for a wrong password, nor for an error of the search cluster", async () => {
        const wrong = { result_backend: `redis://:no@127.0.0.1:${await store(redis("yes"))}/` };
        expect((await probe(wrong, "stores", "results")).stderr).toContain("refuses the password");

        const broken = await store(() => "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        const search = { GRQ_ES_URL: `http://user:secret@127.0.0.1:${broken}` };
        expect((await probe(search, "stores", "search-grq")).stderr).toContain("HTTP 503");
    });
});

describe("health of Celery workers", () => {
    const ALIVE = ["heartbeat", "--or-broker-away"];

    it("is given by a recent heartbeat of every node of the pod, without asking the broker", async () => {
        await pod.heartbeat("celery@orchestrator_jobs.00.pod", 30);
        await pod.heartbeat("celery@orchestrator_jobs.01.pod", 90, "01");
        const config = { broker_url: `amqp://127.0.0.1:${await nobody()}//` };
        expect((await probe(config, "heartbeat")).exitCode).toBe(0);
    });

    it("is lost when one node is silent while the broker answers", async () => {
        await pod.heartbeat("celery@orchestrator_jobs.00.pod", 30);
        await pod.heartbeat("celery@orchestrator_jobs.01.pod", 600, "01");
        const config = { broker_url: `amqp://127.0.0.1:${await store(BROKER)}//` };
        const { exitCode, stderr } = await probe(config, ...ALIVE);
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/orchestrator_jobs\.01\.pod: last heartbeat 60\d seconds ago/);
        expect(stderr).not.toContain("jobs.00");
    });

    it("survives any outage of the broker, while readiness does not", async () => {
        await pod.heartbeat("celery@on_demand_job.pod", 3600);
        const config = { broker_url: `amqp://127.0.0.1:${await nobody()}//` };
        expect((await probe(config, ...ALIVE)).exitCode).toBe(0);
        expect((await probe(config, "heartbeat")).exitCode).toBe(1);
    });

    it("is not given before the first heartbeat, unless the broker is away", async () => {
        const up = { broker_url: `amqp://127.0.0.1:${await store(BROKER)}//` };
        expect((await probe(up, ...ALIVE)).stderr).toContain("no Celery node has connected");
        const away = { broker_url: `amqp://127.0.0.1:${await nobody()}//` };
        expect((await probe(away, ...ALIVE)).exitCode).toBe(0);
    });
});
