import { ConfigurationInputs } from "./inputs";
import { json } from "./json";

interface JobCreator {
    readonly jobType: string;
    /** `module.function` below HYSDS_JOB_CREATORS_DIR. */
    readonly function: string;
    readonly queue: string;
}

/** HySDS's own job creators, by job type. A job type without one runs on the queue that its submitter names. */
const JOB_CREATORS: readonly JobCreator[] = [
    { jobType: "ingest_dataset", function: "utils.ingest_dataset", queue: "ingest_dataset" },
    { jobType: "retry_job", function: "utils_job.retry_job", queue: "retry_job" },
    { jobType: "notify_by_email", function: "utils.notify_by_email", queue: "notify_by_email" },
    {
        jobType: "notify_job_by_email",
        function: "utils_job.notify_job_by_email",
        queue: "notify_job_by_email",
    },
    { jobType: "purge_dataset", function: "utils.purge_dataset", queue: "purge_dataset" },
    { jobType: "purge_datasets", function: "utils.purge_datasets", queue: "purge_dataset" },
    { jobType: "custom_script", function: "utils.custom_script", queue: "custom_script" },
];

/** `orchestrator_jobs.json`: the job creators whose queue this stack has workers for. */
export function renderOrchestratorJobs({ jobQueues }: ConfigurationInputs): string {
    const configs = JOB_CREATORS.filter(({ queue }) => jobQueues.includes(queue)).map(
        ({ jobType, function: creator, queue }) => ({
            job_type: `job:${jobType}`,
            job_creators: [{ job_name: jobType, function: creator, job_queues: [queue] }],
        }),
    );
    return json({ configs });
}

/** `orchestrator_datasets.json`: no creators, so that each dataset is evaluated against the user rules. */
export function renderOrchestratorDatasets(): string {
    return json({ configs: [] });
}
