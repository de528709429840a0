import { spawn } from "node:child_process";
import { once } from "node:events";
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
    const cli = spawn(toolchain.pulumiCommand, args, {
        cwd: workspace.dir,
        env: {
            ...process.env,
            ...toolchain.env,
            ...workspace.env,
            ...(kubeconfigPath ? { KUBECONFIG: kubeconfigPath } : {}),
        },
        stdio: "inherit",
    });
    // Ctrl-C reaches the CLI too, which cancels its update in good order; this process waits for that.
    const leaveToTheCli = (): void => undefined;
    process.on("SIGINT", leaveToTheCli);
    const [status] = (await once(cli, "exit")) as [number | null];
    process.off("SIGINT", leaveToTheCli);
    if (status !== 0) {
        throw new EngineError(`pulumi ${args.join(" ")} failed: see its message above`);
    }
}
