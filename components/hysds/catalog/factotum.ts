import { jobLimits, jobQueue, taskQueue } from "./shapes";
import { WorkloadSpec } from "./workload-spec";

/** Processes of the factotum VM that run no containers. */
export const FACTOTUM: readonly WorkloadSpec[] = (
    [
        ["on_demand_job", 4, "Jobs on demand for found jobs"],
        ["on_demand_dataset", 4, "Jobs on demand for found datasets"],
        ["user_rules_job", 64, "User rules applied to a job", ["written_state"]],
        ["user_rules_dataset", 64, "User rules applied to a dataset"],
        ["user_rules_trigger", 32, "Jobs that a rule triggers"],
    ] as const
).map(([name, vmProcesses, what, modules]) =>
    taskQueue({
        component: "factotum",
        name: name.replaceAll("_", "-"),
        what,
        queue: name,
        nodeName: name,
        vmProcesses,
        modules,
    }),
);

type JobQueue = Omit<Parameters<typeof jobQueue>[0], "graceSeconds">;

const FACTOTUM_JOBS: readonly JobQueue[] = [
    {
        component: "factotum",
        name: "system-jobs-queue",
        what: "HySDS's own jobs: retry, revoke, purge, notify",
        queue: "system-jobs-queue",
        nodeName: "system-jobs-queue",
        vmProcesses: 32,
        processesPerPod: 8,
        jobs: {
            resources: jobLimits([100, 128, 1000, 1024], [500, 1024, 4000, 8192]),
            // What HySDS's own jobs say they need: `disk_usage` in lightweight-jobs/docker.
            workDiskGiB: { small: 3, standard: 50 },
        },
    },
    {
        component: "factotum",
        name: "factotum-job-worker-small",
        what: "The project's small jobs",
        queue: "factotum-job_worker-small",
        nodeName: "factotum-job_worker-small",
        vmProcesses: 1,
        jobs: {
            resources: jobLimits([100, 128, 1000, 1024], [500, 1024, 1000, 2048]),
            workDiskGiB: { small: 2, standard: 50 },
        },
    },
    {
        component: "factotum",
        name: "factotum-job-worker-large",
        what: "The project's large jobs",
        queue: "factotum-job_worker-large",
        nodeName: "factotum-job_worker-large",
        vmProcesses: 1,
        jobs: {
            resources: jobLimits([100, 128, 2000, 2048], [1000, 4096, 2000, 8192]),
            workDiskGiB: { small: 5, standard: 100 },
        },
    },
];

/** Processes of the factotum VM that run jobs; one that ends may have to wait for the longest. */
export function factotumJobs(graceSeconds: number): readonly WorkloadSpec[] {
    return FACTOTUM_JOBS.map((spec) => jobQueue({ ...spec, graceSeconds }));
}
