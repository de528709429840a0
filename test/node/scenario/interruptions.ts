import { expect, it } from "vitest";
import { scenarioJob } from "../package/package";
import { containerId, restarts } from "../support/pods";
import { QUEUE } from "./rules";
import type { Given } from "./world";

const WORKER = "factotum-job-worker-small";

/** HySDS waits so long for a redelivered job's earlier state, and its lock's heartbeat lapses within it. */
const REDELIVERY_MINUTES = 8;

/** What happens to a job whose worker, or whose surroundings, go away while it runs. */
export function jobsSurvive(given: Given, round: string): void {
    /** Starts a job that sleeps, and waits until it runs. */
    async function sleeping(tag: string, seconds: number): Promise<string> {
        const { hysds } = given();
        const params = { seconds: `${seconds}` };
        const id = await hysds.submit({ type: scenarioJob("sleep"), queue: QUEUE, params, tag });
        await hysds.untilJobs(tag, "job-started", 1);
        return id;
    }

    it("delivers a job again whose worker was killed, and runs it once more", async () => {
        const { hysds, pods, killContainer } = given();
        const tag = `killed-${round}`;
        const id = await sleeping(tag, 45);
        const pod = await pods.one(WORKER);
        await killContainer(containerId(pod, WORKER));
        await hysds.untilJobs(tag, "job-completed", 1, REDELIVERY_MINUTES);
        const { job } = await hysds.job(id);
        expect(job.delivery_info?.redelivered).toBe(true);
        expect(restarts(await pods.one(WORKER))).toBe(restarts(pod) + 1);
        expect(await given().jobContainers(WORKER)).toEqual([]);
    });

    it("ends a running job that is revoked, and its container", async () => {
        const { hysds, jobContainers } = given();
        const tag = `revoked-${round}`;
        const id = await sleeping(tag, 600);
        expect(await jobContainers(WORKER)).toHaveLength(1);
        await hysds.answer("job", "revoke", id, "--yes");
        await hysds.untilJobs(tag, "job-revoked", 1);
        const next = `after-${tag}`;
        const params = { seconds: "0" };
        await hysds.submit({ type: scenarioJob("sleep"), queue: QUEUE, params, tag: next });
        await hysds.untilJobs(next, "job-completed", 1);
        expect(await jobContainers(WORKER)).toEqual([]);
    });

    it("waits for a running job when its worker is rolled out", async () => {
        const { hysds, pods } = given();
        const tag = `rolled-${round}`;
        const id = await sleeping(tag, 45);
        const before = await pods.one(WORKER);
        await pods.rollOut(before);
        await hysds.untilJobs(tag, "job-completed", 1);
        const { job } = await hysds.job(id);
        expect(job.delivery_info?.redelivered).toBe(false);
        await pods.untilGone(before, 120);
        await pods.untilReady();
    });

    it("loses no job while its stores start again", async () => {
        const { hysds, pods } = given();
        const tag = `stores-${round}`;
        const count = 6;
        const submit = async (from: number, to: number): Promise<void> => {
            for (let index = from; index < to; index++) {
                const params = { seconds: `${index % 3}` };
                await hysds.submit({ type: scenarioJob("sleep"), queue: QUEUE, params, tag });
            }
        };
        await submit(0, count / 2);
        for (const store of ["rabbitmq", "redis"]) {
            await pods.end(await pods.one(store));
        }
        await pods.untilReady();
        await submit(count / 2, count);
        await hysds.untilJobs(tag, "job-completed", count, REDELIVERY_MINUTES);
    });
}
