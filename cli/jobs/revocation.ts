import { OperationsError } from "../errors";
import { Installation } from "../installation";
import { Documents } from "../search/documents";
import { JOB_STATUS } from "./job-documents";

/** A worker that takes a job later looks for this mark: `is_revoked` in hysds/log_utils.py. */
const MARK = "hysds-revoked-task-";

/** How long the mark stays, seconds: longer than a job waits and runs. */
const MARK_SECONDS = 14 * 24 * 3600;

/** Exchange of Celery's remote control: `<control_exchange>.pidbox`, by default `celery`. */
const CONTROL_EXCHANGE = "celery.pidbox";

/** A job that can be revoked. */
export interface RevocableJob {
    readonly id: string;
    readonly status: string;
    /** Id of the Celery task that runs it. */
    readonly task: string;
}

/**
 * The job of an id, ready to be revoked.
 *
 * @throws OperationsError when there is none, and when it has ended
 */
export async function revocableJob(documents: Documents, id: string): Promise<RevocableJob> {
    const job = await documents.get(JOB_STATUS, id);
    if (!job) {
        throw new OperationsError(`there is no job ${id}: "hysds-ops job list" lists them`);
    }
    const { status, uuid } = job.source;
    if ((status !== "job-queued" && status !== "job-started") || typeof uuid !== "string") {
        throw new OperationsError(`job ${id} is ${String(status)}, so there is nothing to revoke`);
    }
    return { id, status, task: uuid };
}

/**
 * Revokes jobs as HySDS's own revoke action does: marks their tasks in Redis for workers that take them later, then
 * tells the workers that run them to end them. The message is what Celery's `control.revoke` sends.
 *
 * @throws OperationsError when no worker was there to be told; jobs are marked then
 */
export async function revoke(
    installation: Installation,
    jobs: readonly RevocableJob[],
): Promise<void> {
    const redis = await installation.redis("jobs");
    for (const { task, status } of jobs) {
        await redis.setex(`${MARK}${task}`, MARK_SECONDS, status);
    }
    const rabbitmq = await installation.http("rabbitmq");
    const control = {
        method: "revoke",
        arguments: { task_id: jobs.map(({ task }) => task), terminate: true, signal: "SIGTERM" },
        destination: null,
        pattern: null,
        matcher: null,
    };
    const { routed } = await rabbitmq.request<{ routed: boolean }>(
        "POST",
        `/api/exchanges/%2F/${CONTROL_EXCHANGE}/publish`,
        {
            json: {
                properties: { content_type: "application/json", content_encoding: "utf-8" },
                routing_key: "",
                payload: JSON.stringify(control),
                payload_encoding: "string",
            },
        },
    );
    if (!routed) {
        throw new OperationsError(
            "no worker is there to be told: the jobs are marked, and end when a worker takes them",
        );
    }
}
