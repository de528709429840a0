import { workersFile, WorkerDescription } from "../../contract/workers";
import { PulumiProject } from "../access/pulumi-project";
import { CommandContext } from "../context";
import { EXIT, OperationsError } from "../errors";
import { readText } from "../files";
import { describeWorkers, runningWorkers } from "../jobs/workers";

/** Where the workers are that jobs are compared with; the installation's where neither is said. */
export interface WorkersOptions {
    /** A file that `hysds-ops --json pkg workers` printed. */
    readonly workers?: string;
    /** A stack, of whose settings they are. */
    readonly settings?: string;
}

/**
 * The workers of an installation, of a stack's settings, or of a file.
 *
 * @throws OperationsError when there is no way to them
 */
export async function stackWorkers(
    context: CommandContext,
    { workers: file, settings }: WorkersOptions,
    deployments: PulumiProject["deployments"],
): Promise<readonly WorkerDescription[]> {
    if (file !== undefined && settings !== undefined) {
        throw usage("say either --workers or --settings");
    }
    if (file !== undefined) {
        return parseWorkers(await readText(file), file);
    }
    if (settings === undefined) {
        return runningWorkers(await context.open());
    }
    if (deployments === undefined) {
        throw usage(
            `the settings of ${settings} are evaluated by the stack's repository: run "npx hysds-ops --json pkg workers --settings ${settings}" there, and give what it prints by --workers`,
        );
    }
    return describeWorkers(await deployments(settings));
}

function parseWorkers(text: string, file: string): readonly WorkerDescription[] {
    const { success, data } = workersFile.safeParse(json(text));
    if (!success) {
        throw usage(
            `${file} does not describe workers: "hysds-ops --json pkg workers" prints such a file`,
        );
    }
    return data.workers;
}

function json(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

function usage(why: string): OperationsError {
    return new OperationsError(why, { exitCode: EXIT.usage });
}
