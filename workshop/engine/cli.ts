import { ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { EngineError } from "./errors";
import { Toolchain } from "./toolchain";
import { Workspace } from "./workspace";

/** What a run of the CLI needs to know. */
export interface CliContext {
    readonly toolchain: Toolchain;
    readonly workspace: Workspace;
    /** Path of the kubeconfig that programs and providers read; the ambient one when absent. */
    readonly kubeconfigPath?: string;
}

/**
 * Runs the Pulumi CLI in a workspace with the terminal as its own, so that the engine draws its progress itself.
 *
 * @throws EngineError naming the command when the CLI exits with a status other than 0; the CLI has said why.
 */
export async function runPulumi(context: CliContext, args: readonly string[]): Promise<void> {
    const { toolchain, workspace, kubeconfigPath } = context;
    const temporary = await fs.mkdtemp(path.join(workspace.env.TMPDIR, "run-"));
    const cli = spawn(toolchain.pulumiCommand, args, {
        cwd: workspace.dir,
        env: {
            ...process.env,
            ...toolchain.env,
            ...workspace.env,
            TMPDIR: temporary,
            ...(kubeconfigPath ? { KUBECONFIG: kubeconfigPath } : {}),
        },
        stdio: "inherit",
    });
    const stopListening = leaveSignalsTo(cli);
    try {
        const [status] = (await once(cli, "exit")) as [number | null];
        if (status !== 0) {
            throw new EngineError(`pulumi ${args.join(" ")} failed: see its message above`);
        }
    } finally {
        stopListening();
        await fs.rm(temporary, { recursive: true, force: true });
    }
}

/**
 * The CLI cancels its update in good order when it is told to, and this process waits for that. Ctrl-C reaches both;
 * SIGTERM is for this process alone, and passed on.
 */
function leaveSignalsTo(cli: ChildProcess): () => void {
    const ignore = (): void => undefined;
    const passOn = (): void => void cli.kill("SIGTERM");
    process.on("SIGINT", ignore);
    process.on("SIGTERM", passOn);
    return () => {
        process.off("SIGINT", ignore);
        process.off("SIGTERM", passOn);
    };
}
