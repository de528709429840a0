import * as fs from "node:fs/promises";
import * as path from "node:path";
import { expect, it } from "vitest";
import { scenarioJob, writeScenarioPackage } from "../package/package";
import { onDemand, QUEUE, rule } from "./rules";
import type { Given } from "./world";

/**
 * Registers the package, and sees a job through every part of HySDS: from Mozart to the catalogue, and back by rules.
 *
 * @param round tells the jobs, datasets and rules of one configuration of the stack from those of another
 */
export function jobsRun(given: Given, round: string): void {
    const dataset = `AOI_scenario_${round}`;
    const first = `first-${round}`;
    const datasetRule = `on-dataset-${round}`;
    const jobRule = `on-job-${round}`;
    const demanded = `on-demand-${round}`;
    const ruled = [first, demanded, datasetRule];
    const found = { term: { _id: dataset } };

    it("registers a package", async () => {
        const { hysds, folder, image } = given();
        const archive = await writeScenarioPackage(image, folder);
        await hysds.answer("pkg", "import", archive, "--yes");
        const packages = await hysds.answer<{ id: string }[]>("pkg", "ls");
        expect(packages.map(({ id }) => id)).toContain(image.name);
    });

    it("takes rules of datasets and of jobs", async () => {
        const { hysds, folder } = given();
        const completed = [
            { term: { status: "job-completed" } },
            { terms: { "tags.keyword": ruled } },
        ];
        const rules = {
            grq: [rule(datasetRule, found, "observe-dataset")],
            mozart: [rule(jobRule, { bool: { must: completed } }, "observe-job")],
        };
        const file = path.join(folder, `rules-${round}.json`);
        await fs.writeFile(file, JSON.stringify(rules));
        await hysds.answer("rules", "import", file, "--yes");
    });

    it("runs a job in a container of its own, and stages its product", async () => {
        const { hysds } = given();
        const params = { dataset_id: dataset };
        const type = scenarioJob("produce");
        const id = await hysds.submit({ type, queue: QUEUE, params, tag: first });
        await hysds.untilJobs(first, "job-completed", 1);
        const { status, job } = await hysds.job(id);
        expect(status).toBe("job-completed");
        const staged = job.job_info.metrics?.products_staged ?? [];
        expect(staged.map((product) => product.id)).toEqual([dataset]);
    });

    it("finds the product by Pele", async () => {
        const path = `/api/v0.1/pele/dataset/${dataset}`;
        const { result } = await given().get<{ result: { id: string } }>("pele", path);
        expect(result.id).toBe(dataset);
    });

    it("finds it by GRQ2, which submits a job on demand for it", async () => {
        const { hysds, post } = given();
        const body = onDemand(demanded, found, "observe-dataset");
        expect(await post("grq2", "/api/v0.2/grq/on-demand", body)).toMatchObject({
            success: true,
        });
        await hysds.untilJobs(demanded, "job-completed", 1);
    });

    it("submits a further job by a rule of a dataset", async () => {
        await given().hysds.untilJobs(datasetRule, "job-completed", 1);
    });

    it("submits a further job by a rule of jobs for each that has ended", async () => {
        await given().hysds.untilJobs(jobRule, "job-completed", ruled.length);
    });

    it("tells a failing job's error", async () => {
        const { hysds } = given();
        const tag = `failing-${round}`;
        const params = { reason: "on purpose" };
        const id = await hysds.submit({ type: scenarioJob("fail"), queue: QUEUE, params, tag });
        await hysds.untilJobs(tag, "job-failed", 1);
        const { error, short_error: short } = await hysds.job(id);
        expect(`${error} ${short}`).toContain("on purpose");
    });
}

/** What the stack gives workers for their jobs, by the path that the scenario's job type names. */
export const WORKER_FILES = {
    plain: {
        "hysds:workerFiles[0].path": "/data/work/etc/settings.yaml",
        "hysds:workerFiles[0].content": "mission: scenario",
        "hysds:workerFiles[1].path": "~/.netrc",
    },
    /** In the credential that jobs read, and nowhere else. */
    password: "open-sesame-of-the-scenario",
    get secret(): Readonly<Record<string, string>> {
        const content = `machine example.org login scenario password ${this.password}`;
        return { "hysds:workerFiles[1].content": content };
    },
};

/** Runs a job whose specification imports files from the home and the work directory of its worker. */
export function filesAreImported(given: Given, round: string): void {
    it("gives a job the files that it imports from its worker", async () => {
        const { hysds } = given();
        const tag = `importing-${round}`;
        const params = { host: "example.org" };
        await hysds.submit({ type: scenarioJob("import"), queue: QUEUE, params, tag });
        await hysds.untilJobs(tag, "job-completed", 1);
    });
}

/** Runs jobs in images of other users than the worker's: each must write its directory, and read what HySDS gives it. */
export function everyUserRuns(given: Given): void {
    it.each(["0", "2000"])("runs a job in an image whose user is %s", async (user) => {
        const { hysds, folder, imageOf } = given();
        const archive = await writeScenarioPackage(await imageOf(user), folder);
        await hysds.answer("pkg", "import", archive, "--yes");
        const tag = `user-${user}`;
        const params = { dataset_id: `AOI_scenario_user_${user}` };
        await hysds.submit({ type: scenarioJob("produce"), queue: QUEUE, params, tag });
        await hysds.untilJobs(tag, "job-completed", 1);
    });
}
