import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Finding } from "../../cli/doctor/finding";
import { StatusRow } from "../../cli/status/status";
import { OperatedStack } from "./support/operations/operated-stack";
import { leaks } from "./support/secrets";
import { changedResources } from "./support/stack";

const QUEUE = "user_rules_job";

describe.sequential("hysds-ops on the local stack", () => {
    let stack: OperatedStack;

    beforeAll(async () => {
        stack = await OperatedStack.start();
    });

    afterAll(async () => {
        await stack.stop();
    });

    async function json<Answer>(...args: string[]): Promise<{ answer: Answer; exitCode?: number }> {
        const { stdout, exitCode } = await stack.operate(...args, "--json");
        return { answer: JSON.parse(stdout) as Answer, exitCode };
    }

    it("shows pods, queues and stores through the relay", async () => {
        await stack.rabbitmq(`queues/%2F/${QUEUE}`, "PUT", {
            durable: true,
            arguments: { "x-max-priority": 10 },
        });
        await stack.redis.rpush("logstash", "event");
        const { answer } = await json<StatusRow[]>("status");
        const named = (name: string) => answer.find((each) => each.name === name);
        expect(named("mozart")).toMatchObject({ pods: { ready: 1, wanted: 1 }, state: "ok" });
        expect(named("user-rules-job")).toMatchObject({ queue: QUEUE, consumers: 0 });
        expect(named("broker")).toMatchObject({ state: "ok" });
        expect(named("Redis of jobs")).toMatchObject({ waiting: 1, state: "ok" });
        expect(named("grq-search")).toMatchObject({ state: "green" });
    });

    it("finds the stack by its name too, and says in one line what it does not find", async () => {
        expect(
            (await json<StatusRow[]>("status", "grq", "--stack", "local")).answer,
        ).toContainEqual(expect.objectContaining({ name: "grq2", state: "ok" }));
        const { stderr, exitCode } = await stack.operate("status", "--stack", "nowhere");
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/^error: stack nowhere cannot be read .*pulumi stack ls.*$/);
    });

    it("believes a store whose certificate is of a known authority and has its true name, and no other", async () => {
        const { stdout } = await stack.operateTrusting(undefined, ["status", "stores", "--json"]);
        const rows = JSON.parse(stdout) as StatusRow[];
        const state = (name: string) => rows.find((row) => row.name === name)?.state;
        expect(state("Redis of jobs")).toBe("ok");
        expect(state("Redis of metrics")).toMatch(/certificate/);
        const trusting = await json<StatusRow[]>("status", "stores");
        expect(trusting.answer).toContainEqual(
            expect.objectContaining({ name: "Redis of metrics", state: "ok" }),
        );
    });

    it("stops a component and starts it as it was, and pulumi up still has its way", async () => {
        const before = await stack.replicas("user-rules-job");
        expect((await stack.operate("stop", "factotum")).exitCode).toBe(0);
        expect(await stack.replicas("user-rules-job")).toBe(0);
        expect(await stack.replicas("mozart")).toBe(1);
        expect((await stack.operate("start", "factotum")).exitCode).toBe(0);
        expect(await stack.replicas("user-rules-job")).toBe(before);
        expect(Object.fromEntries(changedResources(await stack.pulumi.up()))).toEqual({});
        await stack.pulumi.configure({ "hysds:parallelismPercent": "50" });
        await stack.pulumi.up();
        expect(await stack.replicas("user-rules-job")).toBeGreaterThan(before ?? 0);
    });

    it("shows the logs of every pod of a workload", async () => {
        const { stdout } = await stack.operate("logs", "mozart", "--tail", "1");
        const lines = stdout.split("\n");
        expect(lines).toContainEqual(expect.stringMatching(/^mozart-\S+ +\| last line$/));
        expect(stdout).not.toContain("first line");
    });

    it("pings real workers over the broker's management API", async () => {
        const worker = stack.celery.startWorker([QUEUE], "user_rules_job");
        await vi.waitFor(
            async () =>
                expect(await stack.rabbitmq(`queues/%2F/${QUEUE}`)).toMatchObject({ consumers: 1 }),
            { timeout: 120_000, interval: 1000 },
        );
        const { answer, exitCode } = await json<Finding[]>("doctor");
        worker.kill("SIGTERM");
        await worker;
        const of = (check: string) => answer.filter((each) => each.check === check);
        expect(of("workers")).toEqual([
            expect.objectContaining({
                result: "ok",
                message: expect.stringMatching(/^1 of 1 answer a ping/) as string,
            }),
        ]);
        const fine = ["API server", "permissions", "namespaces", "volumes", "relay", "broker"];
        for (const check of [...fine, "Redis", "search", "indices", "REST APIs"]) {
            expect(
                of(check).filter(({ result }) => result !== "ok"),
                check,
            ).toEqual([]);
        }
        // The simulated pods of the other queues never connected.
        expect(of("queues")).toContainEqual(
            expect.objectContaining({
                result: "problem",
                message: expect.stringContaining("jobs_processed") as string,
                fix: "hysds-ops logs orchestrator-jobs",
            }),
        );
        expect(exitCode).toBe(1);
    });

    it("resets Mozart: queues, Redis and indices, and the bootstrap Job again", async () => {
        await stack.rabbitmq("exchanges/%2F/amq.default/publish", "POST", {
            properties: {},
            routing_key: QUEUE,
            payload: "job",
            payload_encoding: "string",
        });
        await stack.redis.set("celery-task-meta-1", "result");
        // The management API's numbers are up to five seconds old.
        await vi.waitFor(
            async () =>
                expect(await stack.rabbitmq(`queues/%2F/${QUEUE}`)).toMatchObject({
                    messages_ready: 1,
                }),
            { timeout: 30_000, interval: 500 },
        );
        const refused = await stack.operate("reset", "mozart");
        expect(refused.exitCode).toBe(1);
        expect(refused.stderr).toMatch(/queue user_rules_job +1 messages/);
        expect(refused.stderr).toContain("--yes");
        expect(await stack.redis.dbsize()).toBeGreaterThan(0);
        const { stderr, exitCode } = await stack.operate("reset", "mozart", "--yes");
        expect(exitCode, stderr).toBe(0);
        expect(await stack.redis.dbsize()).toBe(0);
        await vi.waitFor(
            async () =>
                expect(await stack.rabbitmq(`queues/%2F/${QUEUE}`)).toMatchObject({
                    messages_ready: 0,
                }),
            { timeout: 30_000, interval: 500 },
        );
        expect(stack.search.asked.map(({ method, path }) => `${method} ${path}`)).toContain(
            "DELETE /job_status-2026.11.24",
        );
        expect(await stack.replicas("mozart")).toBe(1);
    });

    it("says in one line that the relay is gone, and goes on with what it knows", async () => {
        await stack.relay.stop();
        const { answer, exitCode } = await json<StatusRow[]>("status");
        expect(exitCode).toBe(1);
        const brokerRow = answer.find(({ name }) => name === "broker");
        expect(brokerRow?.state).toMatch(/does not answer .*hysds-ops doctor/);
        expect(answer.find(({ name }) => name === "mozart")).toMatchObject({ state: "ok" });
    });

    it("never says a password", () => {
        const passwords = Object.values(stack.file.doors).flatMap(({ password }) => password ?? []);
        expect(passwords.length).toBeGreaterThan(2);
        expect(leaks(passwords, stack.said)).toEqual([]);
    });
});
