import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { catalogue } from "../../components/hysds/catalog";
import { Slot, celeryWorker } from "../../components/hysds/workloads/celery-worker";
import { Worker as WorkerSpec, workers } from "../../components/hysds/catalog/workload";
import { hysdsSettings } from "../support/hysds";
import { Celery, Worker } from "./support/consumers/celery";
import { TASKS, consumerPython } from "./support/consumers/installations";
import { Stores } from "./support/consumers/stores";
import { startSupervisord } from "./support/consumers/supervisord";

/** Celery, RabbitMQ and Redis are real; HySDS's job worker and the container engine are stand-ins (support/consumers/tasks). */
let folder: string;
let stores: Stores;
let celery: Celery;
let spec: WorkerSpec;
const endings: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hysds-leftovers-"));
    stores = await Stores.start();
    spec = workers(catalogue(hysdsSettings())).find(
        ({ name }) => name === "system-jobs-queue",
    ) as WorkerSpec;
    const containers = join(folder, "containers");
    await mkdir(containers);
    celery = await Celery.configure(stores.inputs(false), stores.authority, {
        modules: join(__dirname, "../../components/hysds/pod/probes"),
        environment: {
            HYSDS_HEARTBEAT_DIRECTORY: join(folder, "heartbeats"),
            HYSDS_ROOT_WORK_DIR: folder,
            HYSDS_ENGINE_CLIENT: `${await consumerPython()} ${join(TASKS, "engine.py")} ${containers}`,
        },
    });
});

afterEach(async () => {
    await Promise.all(endings.splice(0).map((end) => end()));
});

afterAll(async () => {
    await stores?.stop();
    await celery?.remove();
    await rm(folder, { recursive: true, force: true });
});

/** A slot that nobody else has: root sees, and may end, the workers in all containers of a machine, whose slots are 00. */
function own(slot: Slot): string {
    return `${process.pid}-${slot}`;
}

/** The rendered command line of the queue's worker, with the Python of the tests. */
function command(slot: Slot): string[] {
    return celeryWorker(spec, 1, slot).flatMap((word) => {
        switch (word) {
            case "celery":
                return [celery.python, "-m", word];
            case slot:
                return [own(slot)];
            default:
                return [word];
        }
    });
}

function startWorker(): Worker {
    const worker = celery.start(command("00"));
    endings.push(() => {
        worker.kill("SIGTERM");
        return worker;
    });
    return worker;
}

async function lines(log: string): Promise<string[]> {
    return existsSync(log) ? (await readFile(log, "utf8")).trim().split("\n") : [];
}

/** Waits until so many containers have started in all. */
async function started(log: string, count: number): Promise<void> {
    const starts = async () => (await lines(log)).filter((line) => line.startsWith("start"));
    await vi.waitFor(async () => expect(await starts()).toHaveLength(count), {
        timeout: 120_000,
        interval: 100,
    });
}

/** Queues jobs in containers; their task ids. */
function submit(log: string, ...names: string[]): Promise<string[]> {
    const jobs = names.map((name) => ({ name, contained: true }));
    return celery.ask("submit", { queue: spec.queue, log, jobs });
}

/** Lets the containers of these jobs end, each that there is. */
async function release(log: string, ...names: string[]): Promise<void> {
    await Promise.all(names.map((name) => writeFile(`${log}.${name}`, "")));
}

function results(ids: readonly string[]): Promise<string[]> {
    return celery.ask("results", { ids, timeout: 90 });
}

function kill(slot: Slot, what: "everything" | "parent" | "child"): Promise<number> {
    return celery.ask("kill", { slot: own(slot), what });
}

describe("a job whose worker", () => {
    it("container dies is run again, once, and what the first try left has ended", async () => {
        const log = join(folder, "container");
        const victim = startWorker();
        const ids = await submit(log, "long");
        await started(log, 1);
        const offline = celery.ask<string[]>("offline", { timeout: 120 });
        expect(await kill("00", "everything")).toBeGreaterThan(3);
        await victim;
        void startWorker();
        await started(log, 2);
        await release(log, "long");
        expect(await results(ids)).toEqual(["long"]);
        expect(await lines(log)).toEqual(["start long", "start long", "end long"]);
        expect(await offline).toEqual([
            expect.stringMatching(/^celery@system-jobs-queue\.\d+-00\.\d+\./),
        ]);
    });

    it("process dies beside others is run again, and the others' jobs run on", async () => {
        const log = join(folder, "slots");
        const supervisord = await startSupervisord(celery, {
            name: "slots",
            command: command("%(process_num)02d"),
            processes: 2,
        });
        endings.push(() => supervisord.stop());
        const ids = await submit(log, "one", "two");
        await started(log, 2);
        expect(await kill("00", "parent")).toBe(1);
        await started(log, 3);
        await release(log, "one", "two");
        expect(await results(ids)).toEqual(["one", "two"]);
        const ends = (await lines(log)).filter((line) => line.startsWith("end"));
        expect(ends.sort()).toEqual(["end one", "end two"]);
    });

    it("loses its child is run again, though the worker lives", async () => {
        const log = join(folder, "child");
        void startWorker();
        const ids = await submit(log, "fat");
        await started(log, 1);
        expect(await kill("00", "child")).toBe(1);
        await started(log, 2);
        await release(log, "fat");
        expect(await results(ids)).toEqual(["fat"]);
        expect(await lines(log)).toEqual(["start fat", "start fat", "end fat"]);
    });
});

describe("a revoked job", () => {
    it("does not go on beside the next one", async () => {
        const log = join(folder, "revoked");
        void startWorker();
        const [revoked = "", next = ""] = await submit(log, "revoked", "next");
        await started(log, 1);
        await celery.ask("revoke", { task_id: revoked });
        await started(log, 2);
        await release(log, "revoked", "next");
        expect(await results([next])).toEqual(["next"]);
        expect(await lines(log)).toEqual(["start revoked", "start next", "end next"]);
    });
});
