import { randomBytes } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import {
    readSession as storedSession,
    Session,
    sessionFile,
    SessionFolders,
} from "../../contract/local-installation";
import { EngineError } from "./errors";
import { writeJson } from "./files";

/** For folders into which a process that is just ending writes once more. */
const REMOVAL_RETRIES = 5;

/**
 * The session that is there, if any.
 *
 * @throws EngineError when its file holds none.
 */
export function readSession(folders: SessionFolders): Session | undefined {
    try {
        return storedSession(folders);
    } catch (failure) {
        throw new EngineError((failure as Error).message, { cause: failure });
    }
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
