import { pipeline } from "node:stream";
import { CoreV1Api, V1Pod } from "@kubernetes/client-node";
import { Argument, Command, InvalidArgumentError } from "commander";
import { CommandContext } from "../context";
import { OperationsError } from "../errors";
import { Installation } from "../installation";
import { kubernetesError } from "../kubernetes-error";
import { LogSource, openPodLog } from "../workloads/pod-log";
import { prefixedLines } from "../workloads/prefixed-lines";
import { listWorkloads, Workload } from "../workloads/workloads";

interface LogsOptions {
    readonly follow?: boolean;
    /** Seconds. */
    readonly since?: number;
    readonly tail: number;
    readonly container?: string;
}

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `hysds-ops logs`: the logs of every pod of a component or workload, each line with its pod before it. */
export function logsCommand(context: CommandContext): Command {
    return new Command("logs")
        .description("shows the logs of the pods of a component or workload")
        .addArgument(new Argument("<name>", "mozart, grq, ..., or a workload as status names it"))
        .option("-f, --follow", "go on until Ctrl-C")
        .option("--since <age>", "not older than this: 90s, 10m, 2h, 1d", seconds)
        .option("--tail <lines>", "last lines of each pod", count, 100)
        .option("-c, --container <name>", "this container of the pods (default: their first)")
        .action((name: string, options: LogsOptions) => showLogs(context, name, options));
}

async function showLogs(
    context: CommandContext,
    name: string,
    options: LogsOptions,
): Promise<void> {
    const installation = await context.open();
    const all = await listWorkloads(installation);
    const workloads = all.filter((each) => each.name === name || each.component === name);
    if (workloads.length === 0) {
        throw new OperationsError(`there is nothing called ${name}: "hysds-ops status" names all`);
    }
    const sources = await sourcesOf(installation, workloads, options);
    if (sources.length === 0) {
        throw new OperationsError(`${name} has no pods: "hysds-ops status" says why`);
    }
    const width = Math.max(...sources.map(({ pod }) => pod.length));
    await Promise.all(
        sources.map((source) => showLog(context, installation, { source, width }, options)),
    );
}

async function sourcesOf(
    { kubernetes }: Installation,
    workloads: readonly Workload[],
    options: LogsOptions,
): Promise<LogSource[]> {
    const api = kubernetes.makeApiClient(CoreV1Api);
    try {
        const lists = await Promise.all(
            workloads.map(({ namespace, selector }) =>
                api.listNamespacedPod({ namespace, labelSelector: selector }),
            ),
        );
        return lists.flatMap(({ items }) => items.flatMap((pod) => sourceOf(pod, options)));
    } catch (failure) {
        throw kubernetesError(failure, kubernetes, "listing pods");
    }
}

function sourceOf({ metadata, spec }: V1Pod, { container }: LogsOptions): LogSource[] {
    const names = spec?.containers.map(({ name }) => name) ?? [];
    const chosen = container ?? names[0];
    return chosen !== undefined && names.includes(chosen)
        ? [{ namespace: metadata?.namespace ?? "", pod: metadata?.name ?? "", container: chosen }]
        : [];
}

async function showLog(
    { stdout, stderr, signal }: CommandContext,
    { kubernetes }: Installation,
    { source, width }: { readonly source: LogSource; readonly width: number },
    { follow, since, tail }: LogsOptions,
): Promise<void> {
    const { pod } = source;
    try {
        const log = await openPodLog(kubernetes, source, {
            follow,
            sinceSeconds: since,
            tailLines: tail,
            signal,
        });
        for await (const text of pipeline(
            log,
            prefixedLines(`${pod.padEnd(width)} | `),
            () => undefined,
        )) {
            stdout.write(text as Buffer);
        }
    } catch (failure) {
        if (!signal.aborted) {
            // A pod that has not started has no log yet; the others have.
            const { message } = kubernetesError(failure, kubernetes, `reading the log of ${pod}`);
            stderr.write(`${pod}: ${message}\n`);
        }
    }
}

function seconds(text: string): number {
    const [, number, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
    if (number === undefined || unit === undefined) {
        throw new InvalidArgumentError("It must be like 90s, 10m, 2h or 1d.");
    }
    return Number(number) * SECONDS[unit as keyof typeof SECONDS];
}

function count(text: string): number {
    if (!/^\d+$/.test(text)) {
        throw new InvalidArgumentError("It must be a whole number.");
    }
    return Number(text);
}
