import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import * as tar from "tar";
import { EXIT, OperationsError, oneLine } from "../errors";

/** Directories of a bundle, and what pools do with them. */
export const BUNDLE_DIRECTORIES = {
    python: "comes first in PYTHONPATH",
    etc: "datasets.json replaces the stack's",
} as const;

/** Never shipped: they are of version control, caches, or made again by whoever needs them. */
const LEFT_OUT = /^(\.git|\.svn|__pycache__|\.DS_Store)$|\.pyc$/;

/** Credentials, which pods have from roles and Secrets. */
const CREDENTIALS = /^(\.aws|\.boto|\.s3cfg|\.netrc.*|\.ssh|.*\.pem)$/;

export interface BundleFile {
    /** With slashes, relative to the bundle. */
    readonly path: string;
    readonly bytes: number;
}

/**
 * The files of a directory that is to be shipped, in the order of their names.
 *
 * @throws OperationsError (wrong usage) when it cannot be read, has nothing for pools, or has what must not be shipped
 */
export async function bundleFiles(directory: string): Promise<BundleFile[]> {
    const files = await listed(directory, "").catch((failure: unknown) => {
        throw failure instanceof OperationsError
            ? failure
            : usage(`${directory} cannot be read: ${oneLine(failure)}`);
    });
    const wanted = Object.keys(BUNDLE_DIRECTORIES);
    if (!files.some((file) => wanted.includes(file.path.split("/")[0] ?? ""))) {
        const known = wanted.map((name) => `${name}/`).join(" or ");
        throw usage(`${directory} has no ${known}, which pools would read`);
    }
    return files.sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function listed(directory: string, below: string): Promise<BundleFile[]> {
    const entries = await fs.readdir(path.join(directory, below), { withFileTypes: true });
    const files = entries
        .filter(({ name }) => !LEFT_OUT.test(name))
        .map(async (entry): Promise<BundleFile[]> => {
            const at = path.posix.join(below, entry.name);
            if (CREDENTIALS.test(entry.name)) {
                throw usage(
                    `${at} looks like credentials: pods have theirs from roles and Secrets`,
                );
            }
            if (entry.isDirectory()) {
                return listed(directory, at);
            }
            if (!entry.isFile()) {
                throw usage(`${at} is neither a file nor a directory`);
            }
            const { size } = await fs.stat(path.join(directory, at));
            return [{ path: at, bytes: size }];
        });
    return (await Promise.all(files)).flat();
}

/**
 * Writes the archive of files: the same files give the same bytes, whoever makes it, when and where.
 *
 * @returns its SHA-256, hexadecimal
 */
export async function writeBundle(
    directory: string,
    files: readonly BundleFile[],
    archive: string,
): Promise<string> {
    await tar.create(
        {
            file: archive,
            cwd: directory,
            gzip: { level: 9 },
            portable: true,
            mtime: new Date(0),
            onWriteEntry: ({ stat }) => {
                if (stat) {
                    stat.mode = (stat.mode & 0o100) === 0 ? 0o644 : 0o755;
                }
            },
        },
        files.map((file) => `./${file.path}`),
    );
    const digest = createHash("sha256");
    digest.update(await fs.readFile(archive));
    return digest.digest("hex");
}

function usage(message: string): OperationsError {
    return new OperationsError(message, { exitCode: EXIT.usage });
}
