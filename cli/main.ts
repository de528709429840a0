import { openInstallation } from "./access/open";
import { projectOfFolder, PulumiProject } from "./access/pulumi-project";
import { commands } from "./commands";
import { OperationsError } from "./errors";
import { runProgram } from "./program";
import { openStack } from "./update/managed-stack";

async function ask(question: string): Promise<boolean> {
    if (!process.stdin.isTTY) {
        throw new OperationsError(`"${question}" has nobody to answer it: say --yes`);
    }
    const { confirm } = await import("@inquirer/prompts");
    return confirm({ message: question, default: false }, { output: process.stderr });
}

/**
 * `hysds-ops`, on the terminal that it was started from.
 *
 * @param project whose stacks `--stack` and `update` mean
 */
export async function hysdsOps(project: PulumiProject = projectOfFolder()): Promise<void> {
    const interrupted = new AbortController();
    process.once("SIGINT", () => interrupted.abort());
    const all = commands((stack) => openStack(project, stack), project.deployments);
    process.exitCode = await runProgram(process.argv.slice(2), all, {
        stdout: process.stdout,
        stderr: process.stderr,
        openInstallation: (options) => openInstallation(project, options),
        ask,
        signal: interrupted.signal,
    });
}
