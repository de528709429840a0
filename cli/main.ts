import { openInstallation } from "./access/open";
import { COMMANDS } from "./commands";
import { OperationsError } from "./errors";
import { runProgram } from "./program";

async function ask(question: string): Promise<boolean> {
    if (!process.stdin.isTTY) {
        throw new OperationsError(`"${question}" has nobody to answer it: say --yes`);
    }
    const { confirm } = await import("@inquirer/prompts");
    return confirm({ message: question, default: false }, { output: process.stderr });
}

/** `hysds-ops`, on the terminal that it was started from. */
async function main(): Promise<void> {
    const interrupted = new AbortController();
    process.once("SIGINT", () => interrupted.abort());
    process.exitCode = await runProgram(process.argv.slice(2), COMMANDS, {
        stdout: process.stdout,
        stderr: process.stderr,
        openInstallation,
        ask,
        signal: interrupted.signal,
    });
}

void main();
