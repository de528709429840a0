import type { Redis } from "ioredis";
import { afterEach, describe, expect, it } from "vitest";
import { logsCommand } from "../../../cli/commands/logs";
import { startCommand, stopCommand } from "../../../cli/commands/start-stop";
import { statusCommand } from "../../../cli/commands/status";
import { EVENT_LISTS } from "../../../contract/event-lists";
import { FakeHandler } from "../../support/operations/fake-server";
import {
    FakeInstallation,
    FakeInstallationOptions,
} from "../../support/operations/fake-installation";
import { FakeKubernetes } from "../../support/operations/fake-kubernetes";
import {
    deploymentsOf,
    fakeWorkloads,
    FakeWorkload,
    scaledObject,
    scaledObjectsOf,
} from "../../support/operations/fake-workloads";
import { runCommand } from "../../support/operations/run-command";

const commands = [statusCommand, startCommand, stopCommand, logsCommand];

const MOZART: FakeWorkload = { name: "mozart", component: "mozart", replicas: 2 };
const ORCHESTRATOR: FakeWorkload = {
    name: "orchestrator-jobs",
    component: "mozart",
    replicas: 3,
    queue: "jobs_processed",
};
const SAR: FakeWorkload = {
    name: "verdi-sar",
    component: "verdi",
    namespace: "hysds-jobs",
    replicas: 4,
    queue: "sar",
};

const green: FakeHandler = () => ({
    body: { cluster_name: "c", status: "green", number_of_nodes: 3, unassigned_shards: 0 },
});

const queue = (name: string, ready: number, unacknowledged: number, consumers: number) => ({
    name,
    messages_ready: ready,
    messages_unacknowledged: unacknowledged,
    consumers,
});

const rabbitmq: FakeHandler = () => ({
    body: [
        queue("jobs_processed", 7, 1, 3),
        queue("sar", 0, 4, 4),
        queue("celery@x.celery.pidbox", 0, 0, 1),
        queue("celeryev.1234", 0, 0, 1),
        queue("forgotten", 5, 0, 0),
    ],
});

const redis = {
    info: () => Promise.resolve("# Memory\r\nused_memory:100\r\nmaxmemory:1000\r\n"),
    dbsize: () => Promise.resolve(3),
    llen: () => Promise.resolve(2),
} as unknown as Redis;

const STORES: FakeInstallationOptions = {
    targets: {
        rabbitmq,
        "mozart-search": green,
        "grq-search": green,
        "metrics-search": green,
    },
    redis: { jobs: redis, metrics: redis },
};

let installation: FakeInstallation;

afterEach(() => installation.stop());

async function run(args: string, kubernetes: FakeKubernetes, options = STORES) {
    installation = await FakeInstallation.start({ ...options, kubernetes: kubernetes.handler });
    return runCommand(args.split(" "), { commands, installation });
}

async function rows(args: string, kubernetes: FakeKubernetes, options = STORES) {
    const { stdout, exitCode } = await run(`${args} --json`, kubernetes, options);
    const list = JSON.parse(stdout) as Record<string, unknown>[];
    return { exitCode, row: (name: string) => list.find((each) => each.name === name), list };
}

describe("status", () => {
    it("shows pods with their queue, and the stores", async () => {
        const { exitCode, row, list } = await rows("status", fakeWorkloads([MOZART, ORCHESTRATOR]));
        expect(exitCode).toBe(0);
        expect(row("mozart")).toMatchObject({ pods: { ready: 2, wanted: 2 }, state: "ok" });
        expect(row("orchestrator-jobs")).toMatchObject({
            queue: "jobs_processed",
            waiting: 7,
            running: 1,
            consumers: 3,
        });
        expect(row("broker")).toMatchObject({ waiting: 12, running: 5, state: "ok" });
        const lists = Object.keys(EVENT_LISTS).length;
        expect(row("Redis of jobs")).toMatchObject({ waiting: 2 * lists, state: "ok" });
        expect(row("grq-search")).toMatchObject({ state: "green" });
        expect(list.map((each) => each.queue)).not.toContain("celeryev.1234");
        expect(list).toContainEqual(
            expect.objectContaining({ queue: "forgotten", state: "no workload" }),
        );
    });

    it("is a table that a person can read", async () => {
        const { stdout } = await run("status mozart", fakeWorkloads([MOZART, ORCHESTRATOR, SAR]));
        const [head, ...lines] = stdout.trimEnd().split("\n");
        expect(head).toMatch(/^COMPONENT +WHAT +PODS +QUEUE +WAITING +RUNNING +CONSUMERS +STATE$/);
        expect(lines).toEqual([
            expect.stringMatching(/^mozart +mozart +2\/2 +ok$/),
            expect.stringMatching(/^mozart +orchestrator-jobs +3\/3 +jobs_processed +7 +1 +3 +ok$/),
        ]);
    });

    it.each([
        ["pods are not ready", { ...MOZART, ready: 1 }, "not ready"],
        ["a queue has no consumers", { ...MOZART, queue: "forgotten" }, "no consumers"],
    ])("ends with 1 when %s", async (_what, workload, state) => {
        const { exitCode, row } = await rows("status", fakeWorkloads([workload]));
        expect(exitCode).toBe(1);
        expect(row("mozart")).toMatchObject({ state, healthy: false });
    });

    it("tells which store does not answer, and goes on", async () => {
        const red: FakeHandler = () => ({ body: { status: "red" } });
        const busy: FakeHandler = () => ({ status: 503 });
        const targets = { ...STORES.targets, rabbitmq: busy, "grq-search": red };
        const { exitCode, list } = await rows("status", fakeWorkloads([MOZART]), {
            ...STORES,
            targets,
        });
        expect(exitCode).toBe(1);
        expect(list).toContainEqual(
            expect.objectContaining({
                name: "broker",
                state: expect.stringContaining("503") as string,
            }),
        );
        expect(list).toContainEqual(expect.objectContaining({ name: "grq-search", state: "red" }));
        expect(list).toContainEqual(expect.objectContaining({ name: "mozart", state: "ok" }));
    });

    it("ends --watch when it is told to", async () => {
        const interrupted = new AbortController();
        const kubernetes = fakeWorkloads([MOZART]);
        installation = await FakeInstallation.start({ ...STORES, kubernetes: kubernetes.handler });
        setTimeout(() => interrupted.abort(), 1_000);
        const { exitCode, stdout } = await runCommand(["status", "mozart", "--watch"], {
            commands,
            installation,
            signal: interrupted.signal,
        });
        expect(exitCode).toBe(0);
        expect(stdout.match(/mozart +mozart +2\/2/g)).toHaveLength(1);
    });
});

describe("stop and start", () => {
    const replicas = (kubernetes: FakeKubernetes, name: string, namespace = "hysds") =>
        (kubernetes.object(deploymentsOf(namespace), name)?.spec as { replicas: number }).replicas;

    it("take the pods of a component away and give it as many back", async () => {
        const kubernetes = fakeWorkloads([MOZART, ORCHESTRATOR, SAR]);
        await run("stop mozart", kubernetes);
        expect(replicas(kubernetes, "mozart")).toBe(0);
        expect(replicas(kubernetes, "orchestrator-jobs")).toBe(0);
        expect(replicas(kubernetes, "verdi-sar", "hysds-jobs")).toBe(4);
        await installation.stop();
        const stopped = await rows("status mozart", kubernetes);
        expect(stopped.row("mozart")).toMatchObject({ state: "stopped", healthy: true });
        await installation.stop();
        const { stdout } = await run("start all", kubernetes);
        expect(stdout).toMatch(/orchestrator-jobs +0 -> 3/);
        expect(replicas(kubernetes, "mozart")).toBe(2);
        expect(replicas(kubernetes, "orchestrator-jobs")).toBe(3);
        const after = kubernetes.object(deploymentsOf("hysds"), "mozart");
        expect(after?.metadata.annotations).not.toHaveProperty("hysds-ops/replicas");
    });

    it("change nothing the second time", async () => {
        const kubernetes = fakeWorkloads([MOZART]);
        await run("stop mozart", kubernetes);
        await installation.stop();
        await run("stop mozart", kubernetes);
        await installation.stop();
        await run("start mozart", kubernetes);
        expect(replicas(kubernetes, "mozart")).toBe(2);
    });

    it("pause KEDA instead of working against it", async () => {
        const kubernetes = fakeWorkloads([SAR], {
            [scaledObjectsOf("hysds")]: [],
            [scaledObjectsOf("hysds-jobs")]: [scaledObject("verdi-sar")],
        });
        const paused = () =>
            kubernetes.object(scaledObjectsOf("hysds-jobs"), "verdi-sar")?.metadata.annotations?.[
                "autoscaling.keda.sh/paused-replicas"
            ];
        await run("stop verdi", kubernetes);
        expect(paused()).toBe("0");
        expect(replicas(kubernetes, "verdi-sar", "hysds-jobs")).toBe(4);
        await installation.stop();
        await run("start verdi", kubernetes);
        expect(paused()).toBeUndefined();
    });

    it("never stop stores", async () => {
        const store: FakeWorkload = {
            name: "rabbitmq",
            component: "stores",
            namespace: "hysds-stores",
            replicas: 1,
        };
        const kubernetes = fakeWorkloads([MOZART, store]);
        await run("stop all", kubernetes);
        expect(replicas(kubernetes, "rabbitmq", "hysds-stores")).toBe(1);
        await installation.stop();
        expect((await run("stop stores", kubernetes)).exitCode).toBe(2);
    });
});

describe("logs", () => {
    const logging = fakeWorkloads([
        { ...MOZART, log: "first\nsecond\n" },
        { ...ORCHESTRATOR, log: "third" },
    ]);

    it("shows every pod of a component, each line with its pod", async () => {
        const { stdout, exitCode } = await run("logs mozart --since 10m --tail 5", logging);
        expect(exitCode).toBe(0);
        expect(stdout.trimEnd().split("\n").sort()).toEqual([
            "mozart-0            | first",
            "mozart-0            | second",
            "orchestrator-jobs-0 | third",
        ]);
        const asked = installation.kubernetesServer.asked.filter(({ path }) =>
            path.endsWith("/log"),
        );
        expect(asked[0]?.query.get("sinceSeconds")).toBe("600");
        expect(asked[0]?.query.get("tailLines")).toBe("5");
    });

    it("shows one workload by its name, and says where the names are", async () => {
        const { stdout } = await run("logs orchestrator-jobs", logging);
        expect(stdout).toBe("orchestrator-jobs-0 | third\n");
        await installation.stop();
        const { stderr, exitCode } = await run("logs mozrt", logging);
        expect(exitCode).toBe(1);
        expect(stderr).toContain("hysds-ops status");
    });
});
