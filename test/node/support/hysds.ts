import * as path from "node:path";
import { execa } from "execa";
import { expect, vi } from "vitest";
import type { JobSummary } from "../../../cli/jobs/job-documents";
import type { Operated } from "../../e2e/support/operations/operated-stack";

const PROGRAM = path.resolve(__dirname, "../../../cli/bin.js");

/** How often a state is asked for: each question is a process of its own. */
const POLL_MS = 3000;

export interface Submission {
    readonly type: string;
    readonly queue: string;
    readonly params?: Readonly<Record<string, string>>;
    readonly tag: string;
}

/** A HySDS that runs, by the public ways only: hysds-ops, as its user types it. */
export class Hysds {
    /** Everything that hysds-ops has said so far. */
    public said = "";

    constructor(private readonly kubeconfig: string) {}

    async operate(...args: string[]): Promise<Operated> {
        const { stdout, stderr, exitCode } = await execa("node", [PROGRAM, ...args], {
            env: { KUBECONFIG: this.kubeconfig },
            reject: false,
        });
        this.said += stdout + stderr;
        return { stdout, stderr, exitCode };
    }

    /** What a command answers with `--json`; fails with what it said when it does not end well. */
    async answer<Answer>(...args: string[]): Promise<Answer> {
        const { stdout, stderr, exitCode } = await this.operate(...args, "--json");
        expect(exitCode, `hysds-ops ${args.join(" ")}: ${stderr}`).toBe(0);
        return JSON.parse(stdout) as Answer;
    }

    /** Submits a job, whether or not HySDS has one like it already, and returns its id. */
    async submit({ type, queue, params = {}, tag }: Submission): Promise<string> {
        const given = Object.entries(params).flatMap(([key, value]) => ["-p", `${key}=${value}`]);
        const words = ["job", "submit", type, "--no-dedup", "--queue", queue, "--tag", tag];
        const { id } = await this.answer<{ id: string }>(...words, ...given);
        return id;
    }

    /** The jobs with a tag, newest first. */
    async jobs(tag: string): Promise<readonly JobSummary[]> {
        const found = await this.answer<{ jobs: JobSummary[] }>(
            ...["job", "list", "--tag", tag, "--limit", "1000"],
        );
        return found.jobs;
    }

    /** Waits until as many jobs of a tag as that have a state. */
    async untilJobs(tag: string, status: string, count: number, minutes = 5): Promise<void> {
        await vi.waitFor(
            async () => {
                const jobs = await this.jobs(tag);
                const states = jobs.map((job) => `${job.id} ${job.status}`);
                const reached = jobs.filter((job) => job.status === status);
                expect(reached.length, states.join(", ")).toBeGreaterThanOrEqual(count);
            },
            { timeout: minutes * 60_000, interval: POLL_MS },
        );
    }

    /** All that Mozart knows of a job. */
    job(id: string): Promise<JobDocument> {
        return this.answer<JobDocument>("job", "show", id);
    }
}

/** What is asserted of a job's document, as process_events and Logstash have written it. */
export interface JobDocument {
    readonly status: string;
    readonly payload_id: string;
    readonly error?: string;
    readonly short_error?: string;
    readonly celery_hostname?: string;
    readonly job: {
        readonly delivery_info?: { readonly redelivered?: boolean };
        readonly job_info: {
            readonly time_queued?: string;
            readonly time_start?: string;
            readonly cmd_start?: string;
            readonly cmd_end?: string;
            readonly time_end?: string;
            readonly metrics?: {
                readonly products_staged?: readonly { readonly id: string }[];
            };
        };
    };
}
