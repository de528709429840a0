import { Command } from "commander";
import { WorkerDescription, WorkersFile } from "../../contract/workers";
import { PulumiProject } from "../access/pulumi-project";
import { judge } from "../check/check";
import { besideFile, materialOf } from "../check/files";
import { isProblem } from "../check/finding";
import { Material, together } from "../check/material";
import { bytesText } from "../check/quantities";
import { registeredMaterial } from "../check/registered";
import { stackWorkers, WorkersOptions } from "../check/stack-workers";
import { Verdict } from "../check/verdict";
import { CommandContext } from "../context";
import { EXIT, OperationsError } from "../errors";
import { TableSection } from "../output";
import { Documents } from "../search/documents";

interface CheckOptions extends WorkersOptions {
    readonly registered: boolean;
}

/** `hysds-ops pkg check`: whether jobs would run, and what they lack; ends with 1 when one would not. */
export function checkCommand(
    context: CommandContext,
    deployments: PulumiProject["deployments"],
): Command {
    return withWorkers(new Command("check"))
        .description("says of job types and rules whether they would run, and what they lack")
        .argument("[path...]", "files of job types, rules, packages, or directories with them")
        .option("--registered", "what is registered in the installation", false)
        .action(async (paths: string[], options: CheckOptions) => {
            const material = await given(context, paths, options);
            const known = await beside(context, paths, material, options);
            const workers = await stackWorkers(context, options, deployments);
            report(context, judge(material, known, workers));
        });
}

/** `hysds-ops pkg workers`: what job types are compared with, as a file for where there is no cluster. */
export function workersCommand(
    context: CommandContext,
    deployments: PulumiProject["deployments"],
): Command {
    return withWorkers(new Command("workers"))
        .description("lists the workers of jobs and what they have; with --json, for pkg check")
        .action(async (options: WorkersOptions) => {
            const workers = await stackWorkers(context, options, deployments);
            const json: WorkersFile = { format: 1, workers: [...workers] };
            context.print({ json, sections: [workersTable(workers)] });
        });
}

function withWorkers(command: Command): Command {
    return command
        .option("--settings <stack>", "compare with what a stack's settings make, not a cluster")
        .option("--workers <file>", "compare with what pkg workers --json has printed");
}

async function given(
    context: CommandContext,
    paths: readonly string[],
    { registered }: CheckOptions,
): Promise<Material> {
    if (paths.length === 0 && !registered) {
        throw new OperationsError("name files or directories, or say --registered", {
            exitCode: EXIT.usage,
        });
    }
    const files = await Promise.all(paths.map(materialOf));
    const there = registered ? [await registeredMaterial(await documentsOf(context))] : [];
    return together([...files, ...there]);
}

/** What a mission's documents may refer to: what lies beside a file, and for rules what is registered. */
async function beside(
    context: CommandContext,
    paths: readonly string[],
    { rules }: Material,
    { registered, settings, workers }: CheckOptions,
): Promise<Material> {
    const files = await Promise.all(paths.map(besideFile));
    const isRunning = settings === undefined && workers === undefined;
    const there =
        isRunning && !registered && rules.length > 0
            ? [await registeredMaterial(await documentsOf(context))]
            : [];
    return together([...files, ...there]);
}

async function documentsOf(context: CommandContext): Promise<Documents> {
    return new Documents(await (await context.open()).http("mozart-search"));
}

function report(context: CommandContext, verdicts: readonly Verdict[]): void {
    const failing = verdicts.filter(({ runs }) => !runs);
    const lines = verdicts.flatMap(({ where, id, findings }) =>
        findings.map((finding) => ({ where, id, ...finding })),
    );
    context.print({
        json: verdicts,
        sections: [
            {
                head: ["result", "what", "queues", "where"],
                rows: verdicts.map((verdict) => [
                    resultOf(verdict),
                    verdict.id,
                    verdict.queues.join(", "),
                    verdict.where,
                ]),
            },
            ...(lines.length === 0
                ? []
                : [
                      {
                          head: ["result", "what", "finding"],
                          rows: lines.map(({ severity, id, at, message, fix }) => [
                              severity === "problem" ? "PROBLEM" : severity,
                              id,
                              `${at === "" ? "" : `${at}: `}${message}\n-> ${fix}`,
                          ]),
                      },
                  ]),
            failing.length === 0
                ? `All ${verdicts.length} would run.`
                : `${failing.length} of ${verdicts.length} would not run.`,
        ],
    });
    context.exitWith(failing.length === 0 ? EXIT.fine : EXIT.no);
}

function resultOf({ runs, findings }: Verdict): string {
    if (!runs) {
        return "DOES NOT RUN";
    }
    return findings.some((finding) => !isProblem(finding)) ? "runs, with warnings" : "runs";
}

function workersTable(workers: readonly WorkerDescription[]): TableSection {
    return {
        head: ["worker", "queue", "engine", "disk", "memory", "GPUs", "longest job"],
        rows: workers.map((worker) => [
            worker.name,
            worker.queue,
            worker.engine,
            amount(worker.diskBytes),
            amount(worker.memoryBytes),
            worker.gpus,
            `${Math.round(worker.longestSeconds / 36) / 100} h`,
        ]),
    };
}

function amount(bytes: number | undefined): string {
    return bytes === undefined ? "" : bytesText(bytes);
}
