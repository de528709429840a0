import { CliContext, runPulumi } from "../engine/cli";
import { stopControlPlane } from "../engine/control-plane";
import { exitOnError } from "../engine/errors";
import { readSession, removeSession, sessionFolders } from "../engine/session";
import { ensureToolchain } from "../engine/toolchain";
import { createWorkspace } from "../engine/workspace";

/**
 * Takes down what `npm start` brought up. On a cluster of yours that is `pulumi destroy`; the embedded control plane is
 * stopped and forgotten as a whole.
 */
async function stop(): Promise<void> {
    const folders = sessionFolders();
    const session = await readSession(folders);
    if (!session) {
        console.log("Nothing to stop.");
        return;
    }
    if (session.context) {
        const cli: CliContext = {
            toolchain: await ensureToolchain({ onProgress: console.log }),
            workspace: await createWorkspace(folders.workspace, session.passphrase),
        };
        await runPulumi(cli, ["destroy", "--yes", "--skip-preview", "--stack", "local"]);
    } else {
        await stopControlPlane(folders.controlPlane);
    }
    await removeSession(folders);
    console.log("Stopped.");
}

void exitOnError(stop());
