import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import * as fs from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";
import { z } from "zod";
import { EngineError } from "./errors";
import { readJson, writeJson } from "./files";

/** For folders into which a process that is just ending writes once more. */
const REMOVAL_RETRIES = 5;

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

/**
 * The session that is there, if any.
 *
 * @throws EngineError when its file holds none.
 */
export function readSession(folders: SessionFolders): Session | undefined {
    const file = sessionFile(folders);
    const { success, data } = sessionSchema.safeParse(readJson(file));
    if (!success && existsSync(file)) {
        throw new EngineError(`${file} is damaged: "npm start" makes it anew`);
    }
    return data;
}

/** Records a new session, with a passphrase of its own, readable by its owner only. */
export async function createSession(folders: SessionFolders, context?: string): Promise<Session> {
    const session: Session = { context, passphrase: randomBytes(24).toString("base64url") };
    await fs.mkdir(folders.root, { recursive: true, mode: 0o700 });
    writeJson(sessionFile(folders), session);
    return session;
}

/**
 * Forgets the session and everything it kept, but the files whose name `keep` picks. The session goes first: without
 * it the rest is worth nothing, so that a removal which is cut short can be finished by anybody.
 *
 * @returns whether anything was there.
 */
export async function removeSession(
    folders: SessionFolders,
    keep: (name: string) => boolean,
): Promise<boolean> {
    const names = (await fs.readdir(folders.root)).filter((name) => !keep(name));
    const session = path.basename(sessionFile(folders));
    for (const name of [session, ...names]) {
        const options = { recursive: true, force: true, maxRetries: REMOVAL_RETRIES };
        await fs.rm(path.join(folders.root, name), options);
    }
    return names.length > 0;
}

function sessionFile(folders: SessionFolders): string {
    return path.join(folders.root, "session.json");
}
