import type { Redis } from "ioredis";
import { afterEach, describe, expect, it } from "vitest";
import { bootstrapCommand, resetCommand } from "../../../cli/commands/reset";
import { FakeHandler, FakeServer } from "../../support/operations/fake-server";
import {
    FakeInstallation,
    FakeInstallationOptions,
} from "../../support/operations/fake-installation";
import { FakeKubernetes, FakeObject } from "../../support/operations/fake-kubernetes";
import { deploymentsOf, fakeWorkloads } from "../../support/operations/fake-workloads";
import { runCommand } from "../../support/operations/run-command";

const JOBS = "/apis/batch/v1/namespaces/hysds/jobs";
const PODS = "/api/v1/namespaces/hysds/pods";

const ORIGINAL: FakeObject = {
    metadata: { name: "bootstrap-1f2e", labels: { "app.kubernetes.io/name": "bootstrap" } },
    spec: {
        template: {
            metadata: {
                labels: {
                    "app.kubernetes.io/name": "bootstrap",
                    "batch.kubernetes.io/controller-uid": "1",
                },
            },
            spec: { containers: [{ name: "bootstrap", image: "core" }] },
        },
    },
};

function redis(keys: number, flushed: string[], store: string): Redis {
    return {
        info: () => Promise.resolve(`run_id:${store}\r\nused_memory:1\r\n`),
        dbsize: () => Promise.resolve(keys),
        llen: () => Promise.resolve(0),
        flushall: () => {
            flushed.push(store);
            return Promise.resolve("OK");
        },
    } as unknown as Redis;
}

const INDICES: Readonly<Record<string, readonly string[]>> = {
    "job_status-*": ["job_status-2026.11.23", "job_status-2026.11.24"],
    job_failed: ["job_failed"],
    grq: ["grq_v1_s1-slc", "grq_none"],
};

const search: FakeHandler = ({ method, path }) => {
    if (method === "DELETE") {
        return { body: { acknowledged: true } };
    }
    const names = INDICES[decodeURIComponent(path.replace("/_cat/indices/", ""))];
    return names
        ? { body: names.map((index) => ({ index, "docs.count": "21" })) }
        : { status: 404, body: { error: "index_not_found_exception" } };
};

const rabbitmq: FakeHandler = ({ method }) =>
    method === "DELETE"
        ? { status: 204 }
        : {
              body: [
                  { name: "jobs_processed", messages_ready: 7, consumers: 0 },
                  { name: "user_rules_job", messages_ready: 2, consumers: 1 },
                  { name: "idle", messages_ready: 0, consumers: 1 },
              ],
          };

let installation: FakeInstallation;
let kubernetes: FakeKubernetes;
let flushed: string[];
/** What the bootstrap Job comes to. */
let outcome: "Complete" | "Failed" = "Complete";

async function run(args: string, options: FakeInstallationOptions = {}, answer = false) {
    flushed = [];

    kubernetes = fakeWorkloads(
        [
            { name: "mozart", component: "mozart", replicas: 2 },
            {
                name: "user-rules-job",
                component: "factotum",
                replicas: 3,
                queue: "user_rules_job",
            },
        ],
        { [JOBS]: [ORIGINAL] },
    );
    kubernetes.collections.get(PODS)?.clear();
    installation = await FakeInstallation.start({
        targets: {
            rabbitmq,
            "mozart-search": search,
            "grq-search": search,
            "metrics-search": search,
        },
        redis: { jobs: redis(40, flushed, "jobs"), metrics: redis(9, flushed, "metrics") },
        kubernetes: withJobsThatEnd,
        ...options,
    });
    return runCommand(args.split(" "), {
        commands: [resetCommand, bootstrapCommand],
        installation,
        answer,
    });
}

const withJobsThatEnd: FakeHandler = async (request) => {
    const answer = await kubernetes.handler(request);
    const { name } = (answer.body as FakeObject | undefined)?.metadata ?? {};
    if (request.method === "POST" && request.path === JOBS && name) {
        const status = { conditions: [{ type: outcome, status: "True" }] };
        kubernetes.collections.get(JOBS)?.set(name, { ...(answer.body as FakeObject), status });
    }
    return answer;
};

const deleted = (server?: FakeServer) =>
    (server?.asked ?? []).filter(({ method }) => method === "DELETE").map(({ path }) => path);

const replicas = () =>
    (kubernetes.object(deploymentsOf("hysds"), "mozart")?.spec as { replicas: number }).replicas;

afterEach(() => installation.stop());

describe("reset", () => {
    it("says what is lost, with counts, and does nothing when the answer is no", async () => {
        const { exitCode, stderr, questions } = await run("reset mozart");
        expect(exitCode).toBe(1);
        expect(questions).toEqual(["Resetting mozart in test?"]);
        expect(stderr).toMatch(/queue jobs_processed +7 messages/);
        expect(stderr).toMatch(/Redis of jobs +40 keys/);
        expect(stderr).toMatch(/mozart-search: job_status +42 documents in 2 indices/);
        expect(stderr).not.toContain("queue idle");
        expect(flushed).toEqual([]);
        expect(deleted(installation.targets.get("rabbitmq"))).toEqual([]);
        expect(replicas()).toBe(2);
    });

    it("purges, flushes, deletes, prepares anew, and starts what it stopped", async () => {
        const { exitCode, stderr } = await run("reset mozart --yes");
        expect(stderr).not.toContain("error");
        expect(exitCode).toBe(0);
        expect(deleted(installation.targets.get("rabbitmq"))).toContain(
            "/api/queues/%2F/jobs_processed/contents",
        );
        expect(flushed).toEqual(["jobs"]);
        expect(deleted(installation.targets.get("mozart-search"))).toEqual([
            "/job_status-2026.11.23,job_status-2026.11.24,job_failed",
        ]);
        expect(deleted(installation.targets.get("grq-search"))).toEqual([]);
        const again = [...(kubernetes.collections.get(JOBS)?.values() ?? [])].at(-1);
        expect(again?.spec).toMatchObject({
            template: { metadata: { labels: { "app.kubernetes.io/name": "bootstrap" } } },
        });
        expect(JSON.stringify(again?.spec)).not.toContain("controller-uid");
        expect(replicas()).toBe(2);
    });

    it("of grq takes the datasets, and of factotum its own queues only", async () => {
        await run("reset grq --yes");
        expect(deleted(installation.targets.get("grq-search"))).toEqual([
            "/grq_v1_s1-slc,grq_none",
        ]);
        expect(flushed).toEqual([]);
        await installation.stop();
        await run("reset factotum --yes");
        expect(deleted(installation.targets.get("rabbitmq"))).toEqual([
            "/api/queues/%2F/user_rules_job/contents",
        ]);
    });

    it("starts again what it stopped when the search clusters cannot be prepared", async () => {
        outcome = "Failed";
        const { exitCode, stderr } = await run("reset mozart --yes");
        outcome = "Complete";
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/error: the bootstrap Job failed: "kubectl .* logs job\/bootstrap-/);
        expect(replicas()).toBe(2);
    });

    it("refuses in prod without --really", async () => {
        const { exitCode, stderr } = await run("reset all --yes", { environment: "prod" });
        expect(exitCode).toBe(1);
        expect(stderr).toContain("--really");
        expect(flushed).toEqual([]);
    });
});

describe("bootstrap", () => {
    it("runs the Job again and deletes nothing", async () => {
        const { exitCode } = await run("bootstrap");
        expect(exitCode).toBe(0);
        expect(kubernetes.collections.get(JOBS)?.size).toBe(2);
        expect(deleted(installation.targets.get("mozart-search"))).toEqual([]);
        expect(replicas()).toBe(2);
    });
});
