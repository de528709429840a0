import { hasFile, importsOf } from "../jobs/imports";
import { runningWorkers } from "../jobs/workers";
import { JOB_SPECS } from "../packages/package";
import { Documents } from "../search/documents";
import { Check } from "./check";

/** Whether the files are there that job specifications import from the workers that start their jobs. */
export const workerFiles: Check = {
    name: "worker files",
    fix: 'see "hysds-ops doctor" for search, and ask for the right to list Deployments',
    async look({ installation }, findings) {
        const documents = new Documents(await installation.http("mozart-search"));
        const importing = (await documents.all(JOB_SPECS))
            .map(({ id, source }) => ({ id, imports: importsOf(source) }))
            .filter(({ imports }) => imports.length > 0);
        if (importing.length === 0) {
            findings.skipped("no job type imports any");
            return;
        }
        const workers = await runningWorkers(installation);
        const lacking = importing
            .map(({ id, imports }) => ({
                id,
                missing: imports.filter((path) => !workers.some((worker) => hasFile(worker, path))),
            }))
            .filter(({ missing }) => missing.length > 0);
        for (const { id, missing } of lacking) {
            findings.problem(
                `${id} imports ${missing.join(", ")}, which no worker has: its jobs will fail`,
                "give the files to workers by hysds:workerFiles (docs/worker-files.md)",
            );
        }
        if (lacking.length === 0) {
            findings.ok(`the ${importing.length} job types that import files find them`);
        }
    },
};
