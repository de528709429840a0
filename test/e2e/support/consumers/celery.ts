import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa, ResultPromise } from "execa";
import {
    ConfigurationInputs,
    renderConfiguration,
} from "../../../../components/hysds/configuration";
import { TASKS, consumerPython } from "./installations";

export type Worker = ResultPromise<{ all: true; reject: false }>;

/** What a worker's pod gives it. */
export interface WorkerPod {
    /** Folder of the project's own modules. */
    readonly modules: string;
    readonly environment: Readonly<Record<string, string>>;
}

/** Celery with a rendered celeryconfig.py. */
export class Celery {
    private constructor(
        readonly python: string,
        readonly folder: string,
        /** What its processes run in. */
        readonly environment: Readonly<Record<string, string>>,
    ) {}

    /**
     * @param authority the file of the certificate authority that signed the stores' certificates
     * @param worker what the pod of a worker has beside them
     */
    static async configure(
        inputs: ConfigurationInputs,
        authority: string,
        worker?: WorkerPod,
    ): Promise<Celery> {
        const folder = await mkdtemp(join(tmpdir(), "hysds-celery-"));
        const configuration = join(folder, "etc");
        await mkdir(configuration);
        const { "celeryconfig.py": celeryconfig } = renderConfiguration(inputs);
        await writeFile(join(configuration, "celeryconfig.py"), celeryconfig);
        return new Celery(await consumerPython(), folder, {
            PYTHONPATH: [TASKS, configuration, ...(worker ? [worker.modules] : [])].join(":"),
            PYTHONDONTWRITEBYTECODE: "1",
            PYTHONUNBUFFERED: "1",
            SSL_CERT_FILE: authority,
            // Celery refuses to unpack pickles as root, which none of its serializers here are.
            C_FORCE_ROOT: "1",
            ...worker?.environment,
        });
    }

    /** The command line of a worker, as the workloads have it. */
    workerCommand(queues: readonly string[], node: string, concurrency = 1): string[] {
        return [
            this.python,
            "-m",
            "celery",
            "--app=hysds",
            "worker",
            `--concurrency=${concurrency}`,
            "--loglevel=INFO",
            "-Q",
            queues.join(","),
            "-n",
            node,
            "-O",
            "fair",
            "--without-mingle",
            "--without-gossip",
            "--heartbeat-interval=60",
        ];
    }

    startWorker(queues: readonly string[], node: string): Worker {
        return this.start(this.workerCommand(queues, `${node}.%h`));
    }

    /** Starts a worker's command line. */
    start([file = "", ...args]: readonly string[]): Worker {
        // A worker takes as long as its task to end.
        const patience = { forceKillAfterDelay: false } as const;
        return execa(file, args, { env: this.environment, all: true, reject: false, ...patience });
    }

    /** Runs a command of client.py and returns its answer. */
    async ask<Answer>(command: string, args: Readonly<Record<string, unknown>>): Promise<Answer> {
        const client = [join(TASKS, "client.py"), command, JSON.stringify(args)];
        const { stdout } = await execa(this.python, client, { env: this.environment });
        return JSON.parse(stdout) as Answer;
    }

    /** Removes its files. */
    async remove(): Promise<void> {
        await rm(this.folder, { recursive: true, force: true });
    }
}
