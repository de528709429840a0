import { randomBytes } from "node:crypto";
import { OperationsError } from "../errors";
import { Installation } from "../installation";
import { JOB_STATUS } from "../jobs/job-documents";
import { submitOnce } from "../jobs/submission";
import { applyImport, documentChanges } from "../packages/import-package";
import { poll } from "../polling";
import { Document, Documents } from "../search/documents";
import { HELLO_JOB, helloPackage } from "./hello-package";
import { provideImage } from "./workers";

/** What a first job passes through, in order. */
export const STAGES = [
    "registered",
    "image",
    "submitted",
    "queued",
    "started",
    "completed",
    "ingested",
] as const;

export type Stage = (typeof STAGES)[number];

/** A stage that was reached. */
export interface Passed {
    readonly stage: Stage;
    readonly what: string;
    /** Since the stage before, ms. */
    readonly tookMs: number;
}

export interface FirstJobArgs {
    readonly installation: Installation;
    readonly queue: string;
    /** Who is greeted. */
    readonly name: string;
    /** Longest wait for one stage, ms. */
    readonly timeoutMs: number;
    readonly onPassed: (passed: Passed) => void;
    readonly signal: AbortSignal;
}

/** What a first job has made. */
export interface FirstDataset {
    readonly job: string;
    readonly dataset: string;
    /** Where its files are. */
    readonly urls: readonly string[];
}

const EVERY_MS = 500;

/** The alias of all datasets, as HySDS has it: DATASET_ALIAS in its celeryconfig.py. */
const DATASETS = "grq";

const ENDED_BADLY = ["job-failed", "job-offline", "job-deduped", "job-revoked"];

/** States in the order of {@link STAGES}: one that is seen means that those before it have passed. */
const STATES = {
    queued: "job-queued",
    started: "job-started",
    completed: "job-completed",
} as const;

/** Runs a first job, from the package that it is registered by to the dataset that it has made. */
export class FirstJob {
    private since = Date.now();
    private last: Stage | undefined;

    constructor(private readonly args: FirstJobArgs) {}

    /** The stage that was not reached, once {@link run} has failed. */
    get stoppedBefore(): Stage {
        const next = this.last === undefined ? 0 : STAGES.indexOf(this.last) + 1;
        return STAGES[next] ?? "ingested";
    }

    /** @throws OperationsError saying why a stage was not reached */
    async run(): Promise<FirstDataset> {
        const { installation, queue, name } = this.args;
        const states = new Documents(await installation.http("mozart-search"));
        const hello = helloPackage(queue);
        const changes = await documentChanges(states, hello, "registry");
        await applyImport(states, hello, changes, "registry");
        this.pass("registered", HELLO_JOB);
        const workers = await provideImage(installation, queue);
        this.pass("image", `beside ${workers} workers of ${queue}`);
        const dataset = `hello-${timestamp()}-${randomBytes(3).toString("hex")}`;
        const job = await submitOnce(await installation.http("mozart"), {
            type: HELLO_JOB,
            queue,
            tag: "hysds-ops-hello",
            params: { dataset_id: dataset, name },
        });
        this.pass("submitted", job);
        for (const stage of ["queued", "started", "completed"] as const) {
            await this.reach(states, job, stage);
        }
        const urls = await this.ingested(dataset);
        return { job, dataset, urls };
    }

    private async reach(states: Documents, job: string, stage: keyof typeof STATES): Promise<void> {
        const reached = Object.values(STATES).slice(Object.keys(STATES).indexOf(stage));
        const seen = await this.wait(stage, `job ${job} is not ${stage}`, async () => {
            const found = await states.get(JOB_STATUS, job);
            const status = String(found?.source.status);
            if (found && ENDED_BADLY.includes(status)) {
                throw new OperationsError(`job ${job} is ${status}${errorOf(found)}`);
            }
            return reached.find((each) => each === status);
        });
        this.pass(stage, seen);
    }

    private async ingested(dataset: string): Promise<readonly string[]> {
        const { installation } = this.args;
        const grq = new Documents(await installation.http("grq-search"));
        const found = await this.wait("ingested", `GRQ has no dataset ${dataset}`, () =>
            grq.get(DATASETS, dataset),
        );
        this.pass("ingested", dataset);
        const { urls } = found.source;
        return Array.isArray(urls) ? urls.map(String) : [];
    }

    private wait<Answer>(
        stage: Stage,
        lacking: string,
        ask: () => Promise<Answer | undefined>,
    ): Promise<Answer> {
        const { timeoutMs, signal } = this.args;
        const tooLong = `${lacking} after ${timeoutMs / 1000} s (${stage})`;
        return poll(ask, { everyMs: EVERY_MS, timeoutMs, tooLong, signal });
    }

    private pass(stage: Stage, what: string): void {
        const now = Date.now();
        this.args.onPassed({ stage, what, tookMs: now - this.since });
        this.since = now;
        this.last = stage;
    }
}

/** As HySDS writes times into names: 20261128T103000. */
function timestamp(): string {
    return new Date().toISOString().replace(/[-:]|\..*$/g, "");
}

function errorOf({ source }: Document): string {
    const why = source.short_error ?? source.error;
    return typeof why === "string" && why !== "" ? `: ${why}` : "";
}
