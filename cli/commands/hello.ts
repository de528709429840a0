import { Command } from "commander";
import { CommandContext } from "../context";
import { examine } from "../doctor/examine";
import { Finding } from "../doctor/finding";
import { EXIT, OperationsError, oneLine } from "../errors";
import { FirstDataset, FirstJob, Passed } from "../hello/first-job";
import { HELLO_JOB } from "../hello/hello-package";
import { isSimulated } from "../hello/simulated";
import { Installation } from "../installation";
import { DEFAULT_QUEUE } from "../jobs/submission";
import { seconds } from "./seconds";

interface HelloOptions {
    readonly queue: string;
    readonly name: string;
    /** Seconds. */
    readonly timeout: number;
}

/** `hysds-ops hello`: a first job, from its package to its dataset; ends with 1, and the reason, where it stops. */
export function helloCommand(context: CommandContext): Command {
    return new Command("hello")
        .description("runs a first job, and shows each state that it passes")
        .option("-q, --queue <queue>", "queue of the workers to run it on", DEFAULT_QUEUE)
        .option("--name <name>", "who is greeted", "world")
        .option("--timeout <seconds>", "longest wait for each state", seconds, 120)
        .action((options: HelloOptions) => hello(context, options));
}

async function hello(context: CommandContext, options: HelloOptions): Promise<void> {
    const installation = await context.open();
    if (await isSimulated(installation)) {
        throw new OperationsError(
            'this cluster is simulated by kwok, and no container runs there: "npm run stop && npm start -- --context minikube" brings HySDS up where one does',
        );
    }
    const passed: Passed[] = [];
    const firstJob = new FirstJob({
        installation,
        queue: options.queue,
        name: options.name,
        timeoutMs: options.timeout * 1000,
        signal: context.signal,
        onPassed: (each) => {
            passed.push(each);
            context.stderr.write(`${line(each)}\n`);
        },
    });
    try {
        reportSuccess(context, passed, await firstJob.run(), options.queue);
    } catch (failure) {
        context.signal.throwIfAborted();
        const stop = { before: firstJob.stoppedBefore, why: oneLine(failure) };
        await reportStop(context, installation, passed, stop);
    }
}

function line({ stage, what, tookMs }: Passed): string {
    return `${stage.padEnd(11)}${(tookMs / 1000).toFixed(1).padStart(7)} s  ${what}`;
}

function reportSuccess(
    context: CommandContext,
    passed: readonly Passed[],
    made: FirstDataset,
    queue: string,
): void {
    const params = "--params name=you --params dataset_id=hello-you";
    const next = `hysds-ops job submit ${HELLO_JOB} --queue ${queue} ${params}`;
    context.print({
        json: { ...made, stages: passed, next },
        sections: [
            `Dataset ${made.dataset}:\n  ${made.urls.join("\n  ") || "no URL"}`,
            `A job of your own:\n  ${next}`,
        ],
    });
}

interface Stop {
    readonly before: string;
    readonly why: string;
}

async function reportStop(
    context: CommandContext,
    installation: Installation,
    passed: readonly Passed[],
    stop: Stop,
): Promise<void> {
    context.stderr.write(`It stopped before "${stop.before}". Looking for the cause ...\n`);
    const { signal } = context;
    const findings = await examine({ installation, signal, jobTimeoutMs: 0 }, () => undefined);
    const problems = findings.filter(({ result }) => result === "problem");
    context.print({
        json: { stages: passed, stopped: stop, problems },
        sections: [
            `Stopped before "${stop.before}": ${stop.why}`,
            problems.length === 0
                ? 'The doctor finds nothing broken: see "hysds-ops logs" of the workers.'
                : { head: ["broken", "finding"], rows: problems.map(row) },
        ],
    });
    context.exitWith(EXIT.no);
}

function row({ check, message, fix }: Finding): string[] {
    return [check, fix === undefined ? message : `${message}\n-> ${fix}`];
}
