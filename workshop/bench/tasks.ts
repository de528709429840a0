import Table from "cli-table3";
import { catalogue } from "../../components/hysds/catalog";
import { workers } from "../../components/hysds/catalog/workload";
import { hysdsSettings } from "../../test/support/hysds";
import { Celery } from "../../test/e2e/support/consumers/celery";
import { Stores } from "../../test/e2e/support/consumers/stores";
import { Supervisord, startSupervisord } from "../../test/e2e/support/consumers/supervisord";

/**
 * `npm run bench:tasks`: tasks a second through one orchestrator pod of a stack with the VM era's parallelism, as
 * children of one Celery (prefork) against as many Celeries below supervisord, with RabbitMQ, Redis and the rendered
 * celeryconfig.py and supervisord.conf. The task does nothing, so that what is compared is Celery itself, at its
 * worst: work of any length brings the two together. The models take turns, so that a slow moment of the machine
 * meets both; of ratios and rates only ratios compare across machines, and only they are printed.
 */
const ROUNDS = 5;
const TASKS = 1000;
const TIMEOUT_SECONDS = 300;

type Model = "prefork" | "supervisord";

interface Measurement {
    readonly tasksPerSecond: number;
    /** Memory of all processes of the pod at rest, each shared page counted once, MiB. */
    readonly memoryMiB: number;
}

function orchestrator(): { readonly queue: string; readonly processes: number } {
    const spec = workers(catalogue(hysdsSettings())).find(
        ({ name }) => name === "orchestrator-jobs",
    );
    if (!spec) {
        throw new Error("The catalogue has no orchestrator of jobs");
    }
    return { queue: spec.queue, processes: spec.layout.processesPerPod };
}

/** Either model below supervisord and with its output in a file, so that they differ in nothing else. */
function start(
    celery: Celery,
    model: Model,
    queue: string,
    processes: number,
): Promise<Supervisord> {
    const isPrefork = model === "prefork";
    const node = `${model}.%(process_num)02d.%h`;
    return startSupervisord(celery, {
        name: model,
        command: celery.workerCommand([queue], node, isPrefork ? processes : 1),
        processes: isPrefork ? 1 : processes,
    });
}

async function measure(
    celery: Celery,
    model: Model,
    queue: string,
    processes: number,
): Promise<Measurement> {
    const pod = await start(celery, model, queue, processes);
    try {
        const tasksPerSecond = await celery.ask<number>("throughput", {
            queue,
            workers: model === "prefork" ? 1 : processes,
            processes,
            tasks: TASKS,
            timeout: TIMEOUT_SECONDS,
        });
        return { tasksPerSecond, memoryMiB: await celery.ask<number>("memory", {}) };
    } finally {
        await pod.stop();
    }
}

function median(values: readonly number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

async function main(): Promise<void> {
    const { queue, processes } = orchestrator();
    const stores = await Stores.start();
    const celery = await Celery.configure(stores.inputs(true), stores.authority);
    const rounds: Record<Model, Measurement>[] = [];
    try {
        for (let round = 0; round < ROUNDS; round++) {
            const prefork = await measure(celery, "prefork", queue, processes);
            const supervisord = await measure(celery, "supervisord", queue, processes);
            rounds.push({ prefork, supervisord });
        }
    } finally {
        await stores.stop();
        await celery.remove();
    }
    const ratios = (figure: keyof Measurement) =>
        rounds.map(({ prefork, supervisord }) => prefork[figure] / supervisord[figure]);
    const table = new Table({
        head: [`Prefork against supervised, ${processes} processes`, "Median", "Rounds"],
        style: { head: [], border: [], compact: true },
    });
    for (const [name, figure] of [
        ["Tasks a second", "tasksPerSecond"],
        ["Memory at rest", "memoryMiB"],
    ] as const) {
        const each = ratios(figure);
        table.push([
            name,
            `${median(each).toFixed(2)} times`,
            each.map((ratio) => ratio.toFixed(2)).join(" "),
        ]);
    }
    console.log(table.toString());
    console.log(`${TASKS} tasks a round of queue ${queue}, ${ROUNDS} rounds of each model.`);
}

main().catch((failure: unknown) => {
    console.error(failure);
    process.exitCode = 1;
});
