import { expect, it } from "vitest";
import type { JobDocument } from "../support/hysds";
import { scenarioJob } from "../package/package";
import { QUEUE } from "./rules";
import type { Given } from "./world";

const JOBS = 12;

/** Moments of a job in HySDS's document of it, in their order; what a release does not write is left out. */
const MOMENTS = ["time_queued", "time_start", "cmd_start", "cmd_end", "time_end"] as const;

/**
 * Gives a small worker more jobs than it can run at once, and prints what a team compares between releases and nodes:
 * jobs a minute, seconds of each stage, memory of all pods. Times depend on the machine, and are asserted by nobody.
 */
export function jobsAreCounted(given: Given, round: string): void {
    it("runs every job of a queue that is longer than its worker, and says how many a minute", async () => {
        const { hysds, memoryMiB } = given();
        const tag = `counted-${round}`;
        const ids: string[] = [];
        // The first keeps the worker busy until the others wait.
        for (let index = 0; index < JOBS; index++) {
            const params = { seconds: index === 0 ? "30" : "0" };
            const job = { type: scenarioJob("sleep"), queue: QUEUE, params, tag };
            ids.push(await hysds.submit(job));
        }
        const memory = memoryMiB();
        await hysds.untilJobs(tag, "job-completed", JOBS);
        const documents = await Promise.all(ids.slice(1).map((id) => hysds.job(id)));
        console.log(`${rateOf(documents)}; ${stagesOf(documents)}; all pods use ${memory} MiB`);
        expect(new Set(documents.map(({ payload_id: id }) => id)).size).toBe(JOBS - 1);
    });
}

function rateOf(documents: readonly JobDocument[]): string {
    const ends = documents.map((job) => moment(job, "time_end")).filter(Number.isFinite);
    const minutes = (Math.max(...ends) - Math.min(...ends)) / 60_000;
    return ends.length < 2 ? "" : `${((ends.length - 1) / minutes).toFixed(1)} jobs a minute`;
}

/** Median seconds from each moment to the next. */
function stagesOf(documents: readonly JobDocument[]): string {
    const stages = MOMENTS.slice(1).flatMap((to, index) => {
        const from = MOMENTS[index]!;
        const seconds = documents
            .map((job) => (moment(job, to) - moment(job, from)) / 1000)
            .filter(Number.isFinite)
            .sort((one, other) => one - other);
        const median = seconds[Math.floor(seconds.length / 2)];
        return median === undefined ? [] : [`${from} to ${to} ${median.toFixed(1)} s`];
    });
    return stages.join(", ");
}

/** HySDS writes moments in UTC; what is not there is not a number. */
function moment({ job }: JobDocument, name: (typeof MOMENTS)[number]): number {
    return Date.parse(job.job_info[name] ?? "");
}
