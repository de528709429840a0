import { HttpClient } from "../http-client";

/** Queue of job workers that every stack has. */
export const DEFAULT_QUEUE = "factotum-job_worker-small";

export interface Submission {
    /** Job specification. */
    readonly type: string;
    readonly queue: string;
    readonly tag: string;
    readonly params: Readonly<Record<string, unknown>>;
}

/** Submits a job that runs although the same one is there already; returns its payload id. */
export async function submitOnce(
    mozart: HttpClient,
    { type, queue, tag, params }: Submission,
): Promise<string> {
    const { result } = await mozart.request<{ result: string }>("POST", "/api/v0.1/job/submit", {
        body: {
            type,
            queue,
            tags: JSON.stringify([tag]),
            params: JSON.stringify(params),
            enable_dedup: "false",
        },
    });
    return result;
}
