import { encode } from "@msgpack/msgpack";
import type { Redis } from "ioredis";
import { afterEach, describe, expect, it } from "vitest";
import { doctorCommand } from "../../../cli/commands/doctor";
import { Finding } from "../../../cli/doctor/finding";
import { FakeHandler, FakeRequest } from "../../support/operations/fake-server";
import {
    FakeInstallation,
    FakeInstallationOptions,
} from "../../support/operations/fake-installation";
import { fakeWorkloads, FakeWorkload } from "../../support/operations/fake-workloads";
import { restApiAnswer } from "../../support/operations/rest-apis";
import { runCommand } from "../../support/operations/run-command";

const RELAY: FakeWorkload = { name: "operations-relay", component: "operations", replicas: 1 };
const WORKER: FakeWorkload = {
    name: "user-rules-job",
    component: "factotum",
    replicas: 1,
    queue: "user_rules_job",
};

const namespaces = ["hysds", "hysds-jobs", "hysds-stores"].map((name) => ({
    metadata: { name },
    status: { phase: "Active" },
}));

/** A Kubernetes API of a healthy installation; `refused` may not be done. */
function kubernetes(workloads: readonly FakeWorkload[], refused: string[] = []): FakeHandler {
    const objects = fakeWorkloads(workloads, {
        "/api/v1/namespaces": namespaces,
        "/api/v1/namespaces/hysds/secrets": [],
        "/api/v1/namespaces/hysds-stores/persistentvolumeclaims": [
            { metadata: { name: "data-redis-0" }, status: { phase: "Bound" } },
        ],
    });
    return (request) => {
        if (request.path === "/version") {
            return { body: { gitVersion: "v1.35.4" } };
        }
        if (request.path.endsWith("/selfsubjectaccessreviews")) {
            const { resourceAttributes } = (request.json as AccessReview).spec;
            return {
                body: { status: { allowed: !refused.includes(resourceAttributes.resource) } },
            };
        }
        return objects.handler(request);
    };
}

interface AccessReview {
    readonly spec: { readonly resourceAttributes: { readonly resource: string } };
}

/** A broker with one queue and the replies that Celery's workers give: msgpack, as HySDS configures them. */
function rabbitmq({
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

function search({ status = "green", missing = "", diskPercent = 12 } = {}): FakeHandler {
    return ({ path }) => {
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
function mozart(types: readonly string[], end = "job-completed"): FakeHandler {
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

const store = (used: number): Redis =>
    ({
        info: () => Promise.resolve(`used_memory:${used}\r\nmaxmemory:100\r\n`),
        dbsize: () => Promise.resolve(1),
        llen: () => Promise.resolve(0),
    }) as unknown as Redis;

const HEALTHY: FakeInstallationOptions = {
    kubernetes: kubernetes([RELAY, WORKER]),
    targets: {
        rabbitmq: rabbitmq(),
        "mozart-search": search(),
        "grq-search": search(),
        "metrics-search": search(),
        mozart: mozart(["job-lightweight-echo:v1"]),
        grq2: ({ path }) => restApiAnswer("grq2", path),
        pele: ({ path }) => restApiAnswer("pele", path),
    },
    redis: { jobs: store(10), metrics: store(10) },
};

let installation: FakeInstallation;

afterEach(() => installation.stop());

async function examine(changes: FakeInstallationOptions, args: readonly string[] = []) {
    installation = await FakeInstallation.start({
        ...HEALTHY,
        ...changes,
        targets: { ...HEALTHY.targets, rabbitmq: rabbitmq(), ...changes.targets },
    });
    const line = ["doctor", "--json", ...args];
    const { stdout, exitCode } = await runCommand(line, {
        commands: [doctorCommand],
        installation,
    });
    const findings = JSON.parse(stdout) as Finding[];
    return { exitCode, of: (check: string) => findings.filter((each) => each.check === check) };
}

describe("doctor", () => {
    it("finds nothing in an installation that works, and runs a job in it", async () => {
        const targets = { mozart: mozart(["job-lightweight-echo:v1"]) };
        const { exitCode, of } = await examine({ targets });
        expect(of("workers")).toEqual([
            expect.objectContaining({
                result: "ok",
                message: expect.stringMatching(/^2 of 2 answer/) as string,
            }),
        ]);
        expect(of("no-op job")).toEqual([
            expect.objectContaining({
                result: "ok",
                message: expect.stringContaining("on small") as string,
            }),
        ]);
        expect(exitCode).toBe(0);
        const asked = installation.targets.get("rabbitmq")?.asked ?? [];
        const made = asked.filter(({ method, path }) => method === "PUT" && /queues/.test(path));
        expect(asked.filter(({ method }) => method === "DELETE").map(({ path }) => path)).toEqual(
            made.map(({ path }) => path),
        );
    });

    it.each<[string, string, FakeInstallationOptions, RegExp, RegExp]>([
        [
            "a pod that is not ready",
            "pods",
            { kubernetes: kubernetes([RELAY, WORKER, { ...WORKER, name: "sick", ready: 0 }]) },
            /hysds\/sick-0/,
            /kubectl --namespace hysds describe pod sick-0/,
        ],
        [
            "a right that is missing",
            "permissions",
            { kubernetes: kubernetes([RELAY, WORKER], ["deployments"]) },
            /may not patch deployments in hysds/,
            /administrator/,
        ],
        [
            "a relay that is missing",
            "relay",
            { kubernetes: kubernetes([WORKER]) },
            /none/,
            /pulumi up/,
        ],
        [
            "an alarm of the broker",
            "broker",
            { targets: { rabbitmq: rabbitmq({ alarm: true }) } },
            /too little memory/,
            /rabbitmqInstanceType/,
        ],
        [
            "a queue without consumers",
            "queues",
            { targets: { rabbitmq: rabbitmq({ consumers: 0 }) } },
            /user_rules_job has no consumers and 3 messages/,
            /hysds-ops logs user-rules-job/,
        ],
        [
            "workers that do not answer",
            "workers",
            { targets: { rabbitmq: rabbitmq({ consumers: 2, answering: 0 }) } },
            /^0 of 2/,
            /kubectl delete pod/,
        ],
        [
            "a Redis that is full",
            "Redis",
            { redis: { jobs: store(95), metrics: store(1) } },
            /jobs: 1 keys, 95 %/,
            /redisNodeType/,
        ],
        [
            "a cluster that is red",
            "search",
            { targets: { "grq-search": search({ status: "red" }) } },
            /grq-search is red/,
            /restore/,
        ],
        [
            "a disk that fills",
            "search",
            { targets: { "grq-search": search({ diskPercent: 93 }) } },
            /node-1 is 93 % full/,
            /searchVolumeGiB/,
        ],
        [
            "an index that is missing",
            "indices",
            { targets: { "mozart-search": search({ missing: "user_rules-grq" }) } },
            /index user_rules-grq is missing in mozart-search/,
            /hysds-ops bootstrap/,
        ],
        [
            "a service that does not answer",
            "REST APIs",
            { targets: { pele: () => ({ status: 502 }) } },
            /502/,
            /hysds-ops logs grq/,
        ],
        [
            "a job that fails",
            "no-op job",
            { targets: { mozart: mozart(["job-lightweight-echo:v1"], "job-failed") } },
            /job-id is job-failed/,
            /hysds-ops job show job-id/,
        ],
    ])(
        "finds %s and says how to fix it",
        async (_what, check, changes, message, fix) => {
            const { exitCode, of } = await examine(changes);
            expect(exitCode).toBe(1);
            const problems = of(check).filter(({ result }) => result === "problem");
            expect(problems.map((each) => each.message)).toContainEqual(
                expect.stringMatching(message),
            );
            expect(problems.map((each) => each.fix)).toContainEqual(expect.stringMatching(fix));
        },
        30_000,
    );

    it("skips the job where no type is registered, and where it is told to", async () => {
        const none = await examine({ targets: { mozart: mozart(["job-sar:v1"]) } });
        expect(none.of("no-op job")).toMatchObject([{ result: "skipped" }]);
        expect(none.exitCode).toBe(0);
        await installation.stop();
        const told = await examine({}, ["--job-timeout", "0"]);
        expect(told.of("no-op job")).toMatchObject([{ result: "skipped" }]);
    });
});
