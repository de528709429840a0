import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { CommandContext } from "../context";
import { destructive, DestructiveOptions, permitLoss } from "../destructive";
import { HttpError } from "../http-client";
import { OperationsError } from "../errors";
import { JobFilter, JOB_STATUSES, newestJobs } from "../jobs/job-documents";
import { Installation } from "../installation";
import { hasFile, importsOf } from "../jobs/imports";
import { jobParameters } from "../jobs/parameters";
import { revocableJob, revoke } from "../jobs/revocation";
import { runningWorkers } from "../jobs/workers";
import { JOB_SPECS } from "../packages/package";
import { Documents } from "../search/documents";

/** Mozart's REST API, in the version that HySDS itself uses. */
const MOZART_JOB = "/api/v0.1/job";

interface SubmitOptions {
    readonly queue: string;
    readonly params: readonly string[];
    readonly priority: number;
    readonly tag: readonly string[];
    readonly name?: string;
    readonly user?: string;
    readonly dedup: boolean;
    readonly unchecked: boolean;
}

interface ListOptions extends JobFilter {
    readonly limit: number;
}

/** `hysds-ops job`: jobs by Mozart's REST API and the index of job states. */
export function jobCommand(context: CommandContext): Command {
    const command = new Command("job").description("jobs: submit, list, show, revoke");
    command.addCommand(submitCommand(context));
    command.addCommand(listCommand(context));
    command
        .command("show")
        .description("prints all that is known of a job, as JSON")
        .argument("<id>", "payload id, as job list prints it")
        .action((id: string) => showJob(context, id));
    destructive(
        command
            .command("revoke")
            .description("ends queued and running jobs")
            .addArgument(new Argument("<id...>", "payload ids")),
    ).action((ids: string[], options: DestructiveOptions) => revokeJobs(context, ids, options));
    return command;
}

function submitCommand(context: CommandContext): Command {
    return new Command("submit")
        .description("submits a job")
        .argument("<type>", "job specification, such as job-sar:v1")
        .requiredOption("-q, --queue <queue>", "queue to run it on")
        .option(
            "-p, --params <file|key=value>",
            "a JSON file or one parameter; may be repeated",
            collected,
            [],
        )
        .option("--priority <number>", "0 to 9, 9 first", wholeNumber(0, 9), 0)
        .option("-t, --tag <tag>", "tag of the job; may be repeated", collected, [])
        .option("--name <name>", "name of the job (default: its type)")
        .option("--user <name>", "user that submits it")
        .option("--no-dedup", "run it although the same job is there already")
        .option("--unchecked", "submit it although its worker lacks files that it imports", false)
        .action((type: string, options: SubmitOptions) => submitJob(context, type, options));
}

function listCommand(context: CommandContext): Command {
    return new Command("list")
        .description("lists the newest jobs")
        .addOption(new Option("-s, --status <status>", "state").choices(JOB_STATUSES))
        .option("--type <type>", "job specification")
        .option("-q, --queue <queue>", "queue")
        .option("-t, --tag <tag>", "tag")
        .option("-n, --limit <number>", "at most so many", wholeNumber(1, 10_000), 20)
        .action((options: ListOptions) => listJobs(context, options));
}

async function submitJob(
    context: CommandContext,
    type: string,
    options: SubmitOptions,
): Promise<void> {
    const params = await jobParameters(options.params);
    const installation = await context.open();
    if (!options.unchecked) {
        await refuseWithoutImports(installation, type, options.queue);
    }
    const mozart = await installation.http("mozart");
    const form = {
        type,
        queue: options.queue,
        priority: String(options.priority),
        tags: JSON.stringify(options.tag),
        params: JSON.stringify(params),
        enable_dedup: String(options.dedup),
        ...(options.name === undefined ? {} : { name: options.name }),
        ...(options.user === undefined ? {} : { username: options.user }),
    };
    const { result } = await answerOf(
        mozart.request<{ result: string }>("POST", `${MOZART_JOB}/submit`, { body: form }),
    );
    context.print({ json: { id: result }, sections: [`Submitted job ${result}.`] });
}

/** A job whose worker lacks what it imports fails when it starts, hours later where the queue is long. */
async function refuseWithoutImports(
    installation: Installation,
    type: string,
    queue: string,
): Promise<void> {
    const documents = new Documents(await installation.http("mozart-search"));
    const imports = importsOf((await documents.get(JOB_SPECS, type))?.source ?? {});
    const workers = imports.length === 0 ? [] : await runningWorkers(installation);
    for (const worker of workers.filter((each) => each.queue === queue)) {
        const missing = imports.filter((path) => !hasFile(worker, path));
        if (missing.length > 0) {
            throw new OperationsError(
                `${type} imports ${missing.join(", ")}, which ${worker.name}, the worker of ${queue}, does not have: give it the files by hysds:workerFiles (docs/worker-files.md), or submit with --unchecked`,
            );
        }
    }
}

async function listJobs(context: CommandContext, options: ListOptions): Promise<void> {
    const { limit, ...filter } = options;
    const { jobs, total } = await newestJobs(await jobStates(context), filter, limit);
    context.print({
        json: { total, jobs },
        sections: [
            {
                head: ["id", "status", "type", "queue", "tags", "time"],
                rows: jobs.map((job) => [
                    job.id,
                    job.status,
                    job.type,
                    job.queue,
                    job.tags,
                    job.time,
                ]),
            },
            `${jobs.length} of ${total} jobs.`,
        ],
    });
}

async function showJob(context: CommandContext, id: string): Promise<void> {
    const mozart = await (await context.open()).http("mozart");
    const { result } = await answerOf(
        mozart.request<{ result: unknown }>("GET", `${MOZART_JOB}/info`, { query: { id } }),
    );
    context.print({ json: result, sections: [JSON.stringify(result, undefined, 2)] });
}

async function revokeJobs(
    context: CommandContext,
    ids: readonly string[],
    options: DestructiveOptions,
): Promise<void> {
    const installation = await context.open();
    const states = await jobStates(context);
    const jobs = await Promise.all([...new Set(ids)].map((id) => revocableJob(states, id)));
    const losses = {
        head: ["job", "status"],
        rows: jobs.map(({ id, status }) => [id, status]),
    };
    await permitLoss(context, installation, { action: "Revoking jobs", losses }, options);
    await revoke(installation, jobs);
    context.print({
        json: jobs.map(({ id }) => id),
        sections: [`Told the workers to end ${jobs.length} jobs.`],
    });
}

/** What Mozart says in a refusal is more than its status does. */
async function answerOf<T>(answer: Promise<T>): Promise<T> {
    try {
        return await answer;
    } catch (failure) {
        const { message } = (failure instanceof HttpError ? failure.body : {}) as {
            readonly message?: string;
        };
        throw typeof message === "string" && message !== ""
            ? new OperationsError(`Mozart refused: ${message}`, { cause: failure })
            : failure;
    }
}

async function jobStates(context: CommandContext): Promise<Documents> {
    return new Documents(await (await context.open()).http("mozart-search"));
}

function collected(value: string, before: readonly string[]): string[] {
    return [...before, value];
}

function wholeNumber(least: number, most: number): (text: string) => number {
    return (text) => {
        const number = Number(text);
        if (!/^\d+$/.test(text) || number < least || number > most) {
            throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
        }
        return number;
    };
}
