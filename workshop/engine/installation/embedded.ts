import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";

import {
    type ControlPlane,
    controlPlaneProcesses,
    startControlPlane,
    whyControlPlaneEnded,
} from "../control-plane";
import { ControlPlaneError } from "../errors";
import { interruptible } from "../installation";
import type { OnProgress } from "../progress";
import type { SessionFolders } from "../../../contract/local-installation";
import type { Toolchain } from "../toolchain";

/**
 * Starts the installation's control plane, or takes the one that runs. One that has ended by itself is started again
 * with its data, and made anew, with the state of the stack that was on it, if it does not start with them: all that
 * is on it is simulated, and comes back by the next update.
 *
 * @throws ControlPlaneError when it does not start without any data either.
 * @throws EngineError when this process is told to end meanwhile; then none is left running.
 */
export async function startEmbedded(
    folders: SessionFolders,
    toolchain: Toolchain,
    onProgress: OnProgress,
): Promise<ControlPlane> {
    const dir = folders.controlPlane;
    const start = (): Promise<ControlPlane> =>
        interruptible((signal) =>
            startControlPlane({ dir, toolchain, lifetime: "detached", onProgress, signal }),
        );
    const hadData = existsSync(dir);
    if (hadData && controlPlaneProcesses(dir).length === 0) {
        const reason = whyControlPlaneEnded(dir) ?? "it was killed";
        onProgress(`Healed: the control plane did not run (${reason}); it starts with its data`);
    }
    try {
        return await start();
    } catch (error) {
        if (!hadData || !(error instanceof ControlPlaneError)) {
            throw error;
        }
        onProgress(`Healed: the control plane is made anew, without its data (${error.message})`);
        await rm(dir, { recursive: true, force: true });
        await rm(join(folders.workspace, "state"), { recursive: true, force: true });
        return start();
    }
}
