import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SupervisedProgram, renderSupervisord } from "../../../../components/hysds/configuration";
import { Celery } from "./celery";

/** A supervisord that has started; programs start after it. */
export interface Supervisord {
    /** Sends SIGTERM, and waits for it and its programs; its exit code and signal. May be called again. */
    stop(): Promise<unknown[]>;
}

/** supervisord with the rendered configuration of one program, in the environment of a Celery. */
export async function startSupervisord(
    celery: Celery,
    program: Pick<SupervisedProgram, "name" | "command" | "processes">,
): Promise<Supervisord> {
    const run = await mkdtemp(join(celery.folder, "supervisord-"));
    const file = join(run, "supervisord.conf");
    const { environment } = celery;
    const text = renderSupervisord([{ ...program, stopWaitSeconds: 60, environment }]);
    await writeFile(file, text.replaceAll("/run/supervisord", run));
    // Programs open /dev/fd/1, as the pipe that a container runtime gives can be, and the socket of Node.js not.
    const output = await open(join(run, "output"), "w");
    const child = spawn(
        celery.python,
        ["-m", "supervisor.supervisord", "--nodaemon", `--configuration=${file}`],
        { stdio: ["ignore", output.fd, output.fd] },
    );
    await output.close();
    const exit = once(child, "exit");
    return {
        stop: () => {
            child.kill("SIGTERM");
            return exit;
        },
    };
}
