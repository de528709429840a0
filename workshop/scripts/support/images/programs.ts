import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { EngineError } from "../../../engine/errors";

/** Longest answer to a question, ms: a daemon that hangs must not hang whoever asks. */
const QUESTION_MS = 60_000;

/** What Node.js says of a program that did not end well: its status, or why it has none. */
interface Failure {
    /** The status it ended with, or a name such as ENOENT. */
    readonly code?: number | string | null;
    /** It was ended because its time was up. */
    readonly killed?: boolean;
}

/** Runs programs of the user's, found on the PATH of an environment. */
export class Programs {
    constructor(private readonly env: NodeJS.ProcessEnv = process.env) {}

    /**
     * What a program answers to a question; undefined when its answer is no (any other status than 0).
     *
     * @throws EngineError when it is not there, or does not answer within a minute
     */
    async ask(program: string, args: readonly string[]): Promise<string | undefined> {
        const options = { env: this.env, timeout: QUESTION_MS };
        const asked = promisify(execFile)(program, args, options);
        asked.child.stdin?.end();
        try {
            return (await asked).stdout.trimEnd();
        } catch (failure) {
            const how = failure as Failure;
            if (typeof how.code === "number") {
                return undefined;
            }
            throw cannot(program, args, how);
        }
    }

    /**
     * Runs a program to its end, on this terminal.
     *
     * @param env what it gets beside the environment
     * @throws EngineError when it is not there or fails
     */
    async show(
        program: string,
        args: readonly string[],
        { cwd, env = {} }: { readonly cwd?: string; readonly env?: Record<string, string> } = {},
    ): Promise<void> {
        const child = spawn(program, args, {
            cwd,
            env: { ...this.env, ...env },
            stdio: ["ignore", "inherit", "inherit"],
        });
        // `once` rejects with the error event of a program that cannot be started.
        const [code] = (await once(child, "exit").catch((failure: unknown) => [
            (failure as Failure).code,
        ])) as [number | string | null];
        if (code !== 0) {
            throw cannot(program, args, { code });
        }
    }
}

function cannot(program: string, args: readonly string[], { code, killed }: Failure): EngineError {
    const command = `${program} ${args.slice(0, 2).join(" ")}`;
    if (code === "ENOENT") {
        return new EngineError(`${program} is not on your PATH: install it, or add its folder`);
    }
    return killed
        ? new EngineError(`"${command}" does not answer: is what it talks to started?`)
        : new EngineError(`"${command}" failed (status ${code}): see its message above`);
}
