import { execa, ExecaError } from "execa";
import { EngineError } from "../../../engine/errors";

/** Longest answer to a question, ms: a daemon that hangs must not hang whoever asks. */
const QUESTION_MS = 60_000;

/** Runs programs of the user's, found on the PATH of an environment. */
export class Programs {
    constructor(private readonly env: NodeJS.ProcessEnv = process.env) {}

    /**
     * What a program answers to a question; undefined when its answer is no (any other status than 0).
     *
     * @throws EngineError when it is not there, or does not answer within a minute
     */
    async ask(program: string, args: readonly string[]): Promise<string | undefined> {
        const { stdout, failed, ...how } = await execa(program, args, {
            ...this.options(),
            stdin: "ignore",
            timeout: QUESTION_MS,
            reject: false,
        });
        if (!failed) {
            return stdout;
        }
        if (how.exitCode === undefined) {
            throw cannot(program, args, how);
        }
        return undefined;
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
        const options = { ...this.options(env), cwd, reject: false } as const;
        const { failed, ...how } = await execa(program, args, {
            ...options,
            stdio: ["ignore", "inherit", "inherit"],
        });
        if (failed) {
            throw cannot(program, args, how);
        }
    }

    private options(more: Record<string, string> = {}) {
        return { env: { ...this.env, ...more }, extendEnv: false };
    }
}

function cannot(
    program: string,
    args: readonly string[],
    { code, timedOut, exitCode }: Pick<ExecaError, "code" | "timedOut" | "exitCode">,
): EngineError {
    const command = `${program} ${args.slice(0, 2).join(" ")}`;
    if (code === "ENOENT") {
        return new EngineError(`${program} is not on your PATH: install it, or add its folder`);
    }
    return timedOut
        ? new EngineError(`"${command}" does not answer: is what it talks to started?`)
        : new EngineError(
              `"${command}" failed (status ${exitCode ?? code}): see its message above`,
          );
}
