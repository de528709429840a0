import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { z } from "zod";

/** The stack that `npm start` makes. */
export const LOCAL_STACK = "local";

const sessionSchema = z.strictObject({
    context: z.string().optional(),
    passphrase: z.string().min(1),
});

/** The local installation that `npm start` made and `npm run stop` takes down. */
export interface Session {
    /** Context of the user's kubeconfig; absent when the installation runs on the embedded control plane. */
    readonly context?: string;
    /** Encrypts the secrets in the local state. */
    readonly passphrase: string;
}

/** Folders of the local installation. */
export interface SessionFolders {
    readonly root: string;
    readonly workspace: string;
    readonly controlPlane: string;
}

/**
 * Where the local installation keeps its state: `$HYSDS_PULUMI_STATE`, else `$XDG_STATE_HOME/hysds-pulumi`, else
 * `~/.local/state/hysds-pulumi`.
 */
export function sessionFolders(env: NodeJS.ProcessEnv = process.env): SessionFolders {
    const base = env.XDG_STATE_HOME ?? path.join(homedir(), ".local", "state");
    const root = path.resolve(env.HYSDS_PULUMI_STATE ?? path.join(base, "hysds-pulumi"));
    return {
        root,
        workspace: path.join(root, "workspace"),
        controlPlane: path.join(root, "control-plane"),
    };
}

/** The file that says that there is a session, and holds it. */
export function sessionFile({ root }: SessionFolders): string {
    return path.join(root, "session.json");
}

/** The kubeconfig of the embedded control plane. */
export function embeddedKubeconfig({ controlPlane }: SessionFolders): string {
    return path.join(controlPlane, "kubeconfig");
}

/**
 * The session that is there, if any.
 *
 * @throws Error when its file holds none.
 */
export function readSession(folders: SessionFolders): Session | undefined {
    const file = sessionFile(folders);
    if (!existsSync(file)) {
        return undefined;
    }
    const { success, data } = sessionSchema.safeParse(json(readFileSync(file, "utf8")));
    if (!success) {
        throw new Error(`${file} is damaged: "npm start" makes it anew`);
    }
    return data;
}

/** Environment that makes the Pulumi CLI use the local installation's state and its folder for temporary files. */
export function sessionEnvironment(
    { workspace }: Pick<SessionFolders, "workspace">,
    passphrase: string,
): Readonly<Record<string, string>> & { readonly TMPDIR: string } {
    return {
        PULUMI_BACKEND_URL: `file://${path.join(workspace, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // The Kubernetes provider leaves a kubeconfig in it at every update.
        TMPDIR: path.join(workspace, "tmp"),
    };
}

function json(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
