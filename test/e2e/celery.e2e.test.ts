import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { catalogue } from "../../components/hysds/catalog";
import { SAR_POOL, hysdsSettings } from "../support/hysds";
import { Celery, Worker } from "./support/consumers/celery";
import { Stores } from "./support/consumers/stores";
import { startSupervisord } from "./support/consumers/supervisord";

let stores: Stores;
let tls: Celery;
let plain: Celery;
/** Ends what a test has started. */
const endings: (() => Promise<unknown>)[] = [];

function endAfterTest(child: Worker): Worker {
    endings.push(() => {
        child.kill("SIGTERM");
        return child;
    });
    return child;
}

/** Starts a worker and waits until it is ready; ended after the test. In an object, as it is a promise of its end. */
async function worker(queue: string, node: string): Promise<{ readonly child: Worker }> {
    const child = endAfterTest(tls.startWorker([queue], node));
    await written(child, "ready.");
    return { child };
}

function written(child: Worker, words: string): Promise<void> {
    return new Promise((resolve, reject) => {
        let output = "";
        child.all.on("data", (data: Buffer) => {
            output += data.toString();
            if (output.includes(words)) {
                resolve();
            }
        });
        void child.then(() => reject(new Error(`Ended without "${words}":\n${output}`)));
    });
}

async function lines(log: string): Promise<string[]> {
    return existsSync(log) ? (await readFile(log, "utf8")).trim().split("\n") : [];
}

async function started(log: string, name: string): Promise<void> {
    await vi.waitFor(
        async () =>
            expect(await lines(log)).toContainEqual(expect.stringMatching(`start ${name} `)),
        { timeout: 60_000, interval: 100 },
    );
}

beforeAll(async () => {
    stores = await Stores.start();
    tls = await Celery.configure(stores.inputs(true), stores.authority);
    plain = await Celery.configure(stores.inputs(false), stores.authority);
});

afterEach(async () => {
    await Promise.all(endings.splice(0).map((end) => end()));
});

afterAll(async () => {
    await stores?.stop();
    await Promise.all([tls, plain].map((celery) => celery?.remove()));
});

describe("Celery with the rendered configuration", () => {
    it("answers on every queue of the catalogue, started by the rendered supervisord.conf", async () => {
        const settings = hysdsSettings({ hysds: { workers: [SAR_POOL] } });
        const queues = catalogue(settings).flatMap((spec) =>
            spec.kind === "worker" ? [spec.queue] : [],
        );
        expect(queues.length).toBeGreaterThan(10);
        const log = join(tls.folder, "log");
        const supervisord = await startSupervisord(tls, {
            name: "all_queues",
            command: tls.workerCommand(queues, "all_queues.%(process_num)02d.%h"),
            processes: 2,
        });
        endings.push(() => supervisord.stop());
        const answers = await tls.ask<Record<string, unknown>>("round_trip", {
            queues,
            timeout: 120,
        });
        expect(answers).toEqual(
            Object.fromEntries(queues.map((queue) => [queue, { queue, value: queue }])),
        );
        const jobs = [{ name: "last", seconds: 3 }];
        const ids = await tls.ask<string[]>("submit", { queue: queues[0], log, jobs });
        await started(log, "last");
        expect(await supervisord.stop()).toEqual([0, null]);
        expect(await tls.ask("results", { ids, timeout: 5 })).toEqual(["last"]);
        expect(await lines(log)).toHaveLength(2);
    });

    it("runs jobs of a higher priority first", async () => {
        const log = join(tls.folder, "priorities");
        const jobs = [1, 9, 0, 5].map((priority) => ({
            name: `p${priority}`,
            seconds: 0,
            priority,
        }));
        const ids = await tls.ask<string[]>("submit", { queue: "priorities", log, jobs });
        await worker("priorities", "priorities");
        await tls.ask("results", { ids, timeout: 60 });
        const order = (await lines(log)).filter((line) => line.startsWith("end"));
        expect(order).toEqual(["end p9", "end p5", "end p1", "end p0"]);
    });

    it("delivers a job again, once, when its worker is killed", async () => {
        const log = join(tls.folder, "killed");
        const { child: victim } = await worker("killed", "victim");
        const jobs = [{ name: "long", seconds: 4 }];
        const ids = await tls.ask<string[]>("submit", { queue: "killed", log, jobs });
        await started(log, "long");
        const job = Number((await lines(log))[0]?.split(" ")[2]);
        victim.kill("SIGKILL");
        process.kill(job, "SIGKILL");
        await worker("killed", "heir");
        expect(await tls.ask("results", { ids, timeout: 60 })).toEqual(["long"]);
        expect(await lines(log)).toEqual([
            expect.stringMatching(/^start long \d+ first$/),
            expect.stringMatching(/^start long \d+ again$/),
            "end long",
        ]);
    });

    it("runs a job again whose process is killed under a living worker", async () => {
        const log = join(tls.folder, "out-of-memory");
        await worker("out-of-memory", "survivor");
        const jobs = [{ name: "fat", seconds: 2 }];
        const ids = await tls.ask<string[]>("submit", { queue: "out-of-memory", log, jobs });
        await started(log, "fat");
        process.kill(Number((await lines(log))[0]?.split(" ")[2]), "SIGKILL");
        expect(await tls.ask("results", { ids, timeout: 60 })).toEqual(["fat"]);
        expect((await lines(log)).filter((line) => line.startsWith("start"))).toHaveLength(2);
    });

    it("finishes its job, and takes no other, after SIGTERM", async () => {
        const log = join(tls.folder, "terminated");
        const { child: ending } = await worker("terminated", "ending");
        const jobs = ["running", "waiting"].map((name) => ({ name, seconds: 3 }));
        const ids = await tls.ask<string[]>("submit", { queue: "terminated", log, jobs });
        await started(log, "running");
        ending.kill("SIGTERM");
        expect((await ending).exitCode).toBe(0);
        expect(await lines(log)).toEqual([expect.stringMatching(/^start running/), "end running"]);
        await worker("terminated", "next");
        expect(await tls.ask("results", { ids, timeout: 60 })).toEqual(["running", "waiting"]);
    });

    it("works without TLS, as stores in the cluster have it", async () => {
        void endAfterTest(plain.startWorker(["plain"], "plain"));
        const answers = await plain.ask("round_trip", { queues: ["plain"], timeout: 60 });
        expect(answers).toEqual({ plain: { queue: "plain", value: "plain" } });
    });

    it("opens Redis the way HySDS does, with TLS and without", async () => {
        expect(await tls.ask("redis_pools", {})).toEqual([true, true, true]);
        expect(await plain.ask("redis_pools", {})).toEqual([true, true, true]);
    });

    it("refuses stores whose certificate no known authority signed", async () => {
        const stranger = await Celery.configure(stores.inputs(true), "/dev/null");
        try {
            await expect(stranger.ask("redis_pools", {})).rejects.toThrow(
                /CERTIFICATE_VERIFY_FAILED/,
            );
            const refused = endAfterTest(stranger.startWorker(["stranger"], "stranger"));
            await written(refused, "CERTIFICATE_VERIFY_FAILED");
        } finally {
            await stranger.remove();
        }
    });
});
