import { Document, Documents, sourceOf } from "../search/documents";

/** All indices of job states, by the alias that HySDS writes and reads. */
export const JOB_STATUS = "job_status-current";

/** States of a job in the order in which it has them. */
export const JOB_STATUSES = [
    "job-queued",
    "job-started",
    "job-completed",
    "job-failed",
    "job-offline",
    "job-deduped",
    "job-revoked",
] as const;

export interface JobFilter {
    readonly status?: string;
    readonly type?: string;
    readonly queue?: string;
    readonly tag?: string;
}

/** What a list says of a job. */
export interface JobSummary {
    /** Its payload id, by which Mozart knows it. */
    readonly id: string;
    readonly status: string;
    readonly type: string;
    readonly queue: string;
    readonly tags: string;
    /** When the state was last written. */
    readonly time: string;
}

/** The newest jobs of a filter. The fields are those that Mozart's own queries name. */
export async function newestJobs(
    documents: Documents,
    filter: JobFilter,
    size: number,
): Promise<{ readonly jobs: JobSummary[]; readonly total: number }> {
    const terms = {
        status: filter.status,
        "job.type": filter.type,
        "job.job_info.job_queue": filter.queue,
        "tags.keyword": filter.tag,
    };
    const must = Object.entries(terms)
        .filter(([, value]) => value !== undefined)
        .map(([field, value]) => ({ term: { [field]: value } }));
    const { documents: found, total } = await documents.search(JOB_STATUS, {
        query: must.length === 0 ? { match_all: {} } : { bool: { must } },
        sort: [{ "@timestamp": { order: "desc" } }],
        size,
    });
    return { jobs: found.map(summary), total };
}

function summary({ id, source }: Document): JobSummary {
    const job = sourceOf(source.job);
    return {
        id,
        status: text(source.status),
        type: text(job.type),
        queue: text(sourceOf(job.job_info).job_queue),
        tags: [source.tags ?? []].flat().map(text).join(", "),
        time: text(source["@timestamp"]),
    };
}

function text(value: unknown): string {
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
