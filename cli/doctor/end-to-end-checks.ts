import { HttpClient, isNotFound } from "../http-client";
import { DEFAULT_QUEUE, submitOnce } from "../jobs/submission";
import { poll } from "../polling";
import { listQueues } from "../stores/queues";
import { pingWorkers } from "./celery-ping";
import { Check, CheckContext } from "./check";
import { Findings } from "./finding";

const PING_TIMEOUT_MS = 10_000;

/** Whether the workers that consume also answer. */
export const workers: Check = {
    name: "workers",
    fix: 'see "hysds-ops doctor" for the broker',
    async look({ installation }, findings) {
        const queues = await listQueues(installation);
        const expected = queues.reduce((sum, { consumers }) => sum + consumers, 0);
        if (expected === 0) {
            findings.problem(
                "no worker is connected",
                'hysds-ops start all, and "hysds-ops status"',
            );
            return;
        }
        const start = Date.now();
        const options = { expected, timeoutMs: PING_TIMEOUT_MS };
        const answered = await pingWorkers(installation, options);
        const message = `${answered.length} of ${expected} answer a ping within ${Date.now() - start} ms`;
        if (answered.length >= expected) {
            findings.ok(message);
        } else {
            findings.problem(
                message,
                'the silent ones hang or have lost the broker: "hysds-ops logs" of their queue, then kubectl delete pod',
            );
        }
    },
};

/** The job of lightweight-jobs that echoes: https://github.com/hysds/lightweight-jobs */
const ECHO = /^job-lightweight-echo:/;

const ENDED = ["job-completed", "job-failed", "job-deduped", "job-revoked", "job-offline"];

/** A job that does nothing, from Mozart through orchestrator, worker and container to its state in the index. */
export const noOpJob: Check = {
    name: "no-op job",
    fix: 'see "hysds-ops logs mozart"',
    async look(context, findings) {
        const mozart = await context.installation.http("mozart");
        const { result: types = [] } = await mozart.request<{ result?: readonly string[] }>(
            "GET",
            "/api/v0.1/job_spec/list",
        );
        const type = types.find((each) => ECHO.test(each));
        if (context.jobTimeoutMs === 0) {
            findings.skipped("not asked for");
        } else if (type === undefined) {
            findings.skipped(
                "no job type job-lightweight-echo is registered",
                'register it by "hysds-ops pkg import" of container-hysds_lightweight-jobs',
            );
        } else {
            await runJob(context, mozart, type, findings);
        }
    },
};

async function runJob(
    { jobTimeoutMs, signal }: CheckContext,
    mozart: HttpClient,
    type: string,
    findings: Findings,
): Promise<void> {
    const queue = await queueOf(mozart, type);
    const start = Date.now();
    const id = await submitOnce(mozart, {
        type,
        queue,
        tag: "hysds-ops-doctor",
        params: { echo_var: "hysds-ops doctor" },
    });
    const status = await poll(() => endOf(mozart, id), {
        everyMs: 1000,
        timeoutMs: jobTimeoutMs,
        tooLong: `job ${id} on ${queue} did not end within ${jobTimeoutMs / 1000} s: "hysds-ops job show ${id}" and "hysds-ops status" say where it is`,
        signal,
    });
    if (status === "job-completed") {
        findings.ok(`ran on ${queue} within ${Math.round((Date.now() - start) / 1000)} s`);
    } else {
        findings.problem(`${id} is ${status}`, `hysds-ops job show ${id}`);
    }
}

async function queueOf(mozart: HttpClient, type: string): Promise<string> {
    const { result } = await mozart.request<{
        readonly result: { readonly recommended?: readonly string[] };
    }>("GET", "/api/v0.1/queue/list", { query: { id: type } });
    return result.recommended?.[0] ?? DEFAULT_QUEUE;
}

/** Mozart knows a job from when its first event is indexed. */
async function endOf(mozart: HttpClient, id: string): Promise<string | undefined> {
    try {
        const { status } = await mozart.request<{ status: string }>("GET", "/api/v0.1/job/status", {
            query: { id },
        });
        return ENDED.includes(status) ? status : undefined;
    } catch (failure) {
        if (isNotFound(failure)) {
            return undefined;
        }
        throw failure;
    }
}
