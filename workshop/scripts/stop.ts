import { CliContext, runPulumi } from "../engine/cli";
import { stopControlPlane } from "../engine/control-plane";
import { exitOnError } from "../engine/errors";
import { asOnlyCommand } from "../engine/installation";
import { endOutsideControlPlane, heal } from "../engine/installation/healing";
import { InstallationLock } from "../engine/installation/lock";
import { endOwned } from "../engine/installation/ownership";
import { Session, sessionFolders } from "../../contract/local-installation";
import { readSession, removeSession } from "../engine/session";
import { ensureToolchain } from "../engine/toolchain";
import { createWorkspace } from "../engine/workspace";
import { interruptOther } from "./support/others";
import { settlePendingOperations } from "./support/settle";

const folders = sessionFolders();

async function destroy({ passphrase }: Session): Promise<void> {
    const cli: CliContext = {
        toolchain: await ensureToolchain({ onProgress: console.log }),
        workspace: await createWorkspace(folders.workspace, passphrase),
    };
    await settlePendingOperations(cli, "local");
    await runPulumi(cli, ["destroy", "--yes", "--skip-preview", "--stack", "local"]);
}

/**
 * Takes down what `npm start` brought up, and whatever else runs on it. On a cluster of yours that is `pulumi destroy`;
 * the embedded control plane is stopped and forgotten as a whole.
 */
async function stop(): Promise<void> {
    const updates = await endOutsideControlPlane(folders, () => true);
    await heal(folders, console.log);
    const session = readSession(folders);
    if (session?.context) {
        await destroy(session);
    }
    const ran = await stopControlPlane(folders.controlPlane);
    const others = await endOwned(folders.root, () => true);
    const removed = await removeSession(folders, (name) => InstallationLock.owns(name));
    console.log(updates > 0 || ran || others > 0 || removed ? "Stopped." : "Nothing to stop.");
}

void exitOnError(asOnlyCommand(folders, "npm run stop", interruptOther, stop));
