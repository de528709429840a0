import { runPulumi } from "../engine/cli";
import { EngineError, exitOnError } from "../engine/errors";
import { asCommand } from "../engine/installation";
import { healUpdates } from "../engine/installation/healing";
import { embeddedKubeconfig, sessionFolders } from "../../contract/local-installation";
import { readSession } from "../engine/session";
import { ensureToolchain } from "../engine/toolchain";
import { createWorkspace } from "../engine/workspace";

const folders = sessionFolders();

/** The Pulumi CLI on the installation that `npm start` made: `npm run pulumi -- stack output`. */
async function pulumi(args: readonly string[]): Promise<void> {
    const session = readSession(folders);
    if (!session) {
        throw new EngineError('no local installation: "npm start" makes one');
    }
    // Standard output is the CLI's: it may be read by a program.
    await healUpdates(folders, console.error);
    const kubeconfigPath = session.context ? undefined : embeddedKubeconfig(folders);
    await runPulumi(
        {
            toolchain: await ensureToolchain({ onProgress: () => undefined }),
            workspace: await createWorkspace(folders.workspace, session.passphrase),
            kubeconfigPath,
        },
        args,
    );
}

void exitOnError(asCommand(folders, () => pulumi(process.argv.slice(2))));
