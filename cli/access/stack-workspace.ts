import type { LocalWorkspaceOptions } from "@pulumi/pulumi/automation";
import {
    LOCAL_STACK,
    readSession,
    sessionEnvironment,
    sessionFolders,
} from "../../contract/local-installation";
import { PulumiProject, pulumiCommand } from "./pulumi-project";

/**
 * Where the Automation API finds a stack: with the login, the backend and the passphrase of this shell; the local stack
 * of `npm start` with its own.
 *
 * @throws OperationsError when there is no Pulumi CLI
 */
export async function stackWorkspace(
    project: PulumiProject,
    stack: string,
): Promise<LocalWorkspaceOptions & { readonly workDir: string }> {
    const folders = sessionFolders();
    const session = stack === LOCAL_STACK ? readSession(folders) : undefined;
    const local = session && sessionEnvironment(folders, session.passphrase);
    return {
        workDir: local ? folders.workspace : project.directory,
        envVars: { PULUMI_SKIP_UPDATE_CHECK: "true", ...local },
        pulumiCommand: await pulumiCommand(project),
    };
}
