import { Writable } from "node:stream";
import { ExitCode } from "../../../cli/errors";
import { Installation } from "../../../cli/installation";
import { CommandFactory, runProgram } from "../../../cli/program";

/** What a command line did. */
export interface CommandRun {
    readonly exitCode: ExitCode;
    readonly stdout: string;
    readonly stderr: string;
    /** What it asked, in order. */
    readonly questions: readonly string[];
}

export interface RunOptions {
    readonly commands: readonly CommandFactory[];
    readonly installation: Installation;
    /** To every question; default no. */
    readonly answer?: boolean;
    readonly signal?: AbortSignal;
}

class Collected extends Writable {
    public text = "";

    override _write(chunk: Buffer, _encoding: string, done: () => void): void {
        this.text += chunk.toString();
        done();
    }
}

/** Runs `hysds-ops <args>` on an installation, in this process. */
export async function runCommand(
    args: readonly string[],
    { commands, installation, answer = false, signal }: RunOptions,
): Promise<CommandRun> {
    const stdout = new Collected();
    const stderr = new Collected();
    const questions: string[] = [];
    const exitCode = await runProgram(args, commands, {
        stdout,
        stderr,
        openInstallation: () => Promise.resolve(installation),
        ask: (question) => {
            questions.push(question);
            return Promise.resolve(answer);
        },
        signal: signal ?? new AbortController().signal,
    });
    return { exitCode, stdout: stdout.text, stderr: stderr.text, questions };
}
