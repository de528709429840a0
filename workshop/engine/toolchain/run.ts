import { spawn } from "node:child_process";
import { setPriority } from "node:os";

import { ToolchainError } from "../errors";

/** Builds yield to whatever else runs on the machine. */
const BUILD_NICENESS = 5;

export interface RunOptions {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly lowPriority?: boolean;
}

/**
 * Runs a program to its end and returns what it wrote to standard output.
 *
 * @throws ToolchainError with the last line of standard error when it cannot start or fails.
 */
export function run(
    command: string,
    args: readonly string[],
    options: RunOptions = {},
): Promise<string> {
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, {
            cwd: options.cwd,
            env: options.env ?? process.env,
            stdio: ["ignore", "pipe", "pipe"],
        });
        if (options.lowPriority && child.pid !== undefined) {
            setPriority(child.pid, BUILD_NICENESS);
        }
        let stdout = "";
        let stderr = "";
        child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
        child.on("error", (cause) =>
            reject(new ToolchainError(`${command} cannot be started: ${cause.message}`, { cause })),
        );
        child.on("close", (code) => {
            if (code === 0) {
                resolve(stdout);
            } else {
                const last = stderr.trim().split("\n").at(-1) ?? "";
                reject(new ToolchainError(`${command} ${args[0] ?? ""} failed: ${last}`));
            }
        });
    });
}
