import { randomBytes } from "node:crypto";
import * as fs from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";

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
    const root = env.HYSDS_PULUMI_STATE ?? path.join(base, "hysds-pulumi");
    return {
        root,
        workspace: path.join(root, "workspace"),
        controlPlane: path.join(root, "control-plane"),
    };
}

/** The session that is there, if any. */
export async function readSession(folders: SessionFolders): Promise<Session | undefined> {
    try {
        return JSON.parse(await fs.readFile(sessionFile(folders), "utf8")) as Session;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return undefined;
        }
        throw error;
    }
}

/** Records a new session, with a passphrase of its own, readable by its owner only. */
export async function createSession(folders: SessionFolders, context?: string): Promise<Session> {
    const session: Session = { context, passphrase: randomBytes(24).toString("base64url") };
    await fs.mkdir(folders.root, { recursive: true, mode: 0o700 });
    await fs.writeFile(sessionFile(folders), JSON.stringify(session), { mode: 0o600 });
    return session;
}

/** Forgets the session and everything it kept. */
export async function removeSession(folders: SessionFolders): Promise<void> {
    await fs.rm(folders.root, { recursive: true, force: true });
}

function sessionFile(folders: SessionFolders): string {
    return path.join(folders.root, "session.json");
}
