import type { LocalWorkspaceOptions } from "@pulumi/pulumi/automation";
import { readSession, sessionFolders } from "../../workshop/engine/session";
import { ensureToolchain } from "../../workshop/engine/toolchain";
import { PROJECT_ROOT } from "../../workshop/engine/toolchain/versions";
import { createWorkspace } from "../../workshop/engine/workspace";

/** The stack that `npm start` makes. */
export const LOCAL_STACK = "local";

/**
 * Where the Automation API finds a stack: with the login, the backend and the passphrase of this shell; the local stack
 * of `npm start` with its own.
 */
export async function stackWorkspace(
    stack: string,
): Promise<LocalWorkspaceOptions & { readonly workDir: string }> {
    const toolchain = await ensureToolchain({ onProgress: () => undefined, tools: ["pulumi"] });
    const folders = sessionFolders();
    const session = stack === LOCAL_STACK ? readSession(folders) : undefined;
    const workspace = session && (await createWorkspace(folders.workspace, session.passphrase));
    // It takes seconds to load.
    const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
    return {
        workDir: workspace?.dir ?? PROJECT_ROOT,
        envVars: { PULUMI_SKIP_UPDATE_CHECK: "true", ...workspace?.env },
        pulumiCommand: await PulumiCommand.get({ root: toolchain.pulumiRoot }),
    };
}
