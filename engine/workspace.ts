import * as fs from "node:fs/promises";
import * as path from "node:path";

const projectRoot = path.resolve(__dirname, "..");

/** What the program is made of; the rest of the repository is none of the engine's business. */
const programFiles = [
    "index.ts",
    "components",
    "node_modules",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "tsconfig.pulumi.json",
];

/** A Pulumi project folder with a file backend beside it, both outside the working tree. */
export interface Workspace {
    /** Holds Pulumi.yaml and the stack files. */
    readonly dir: string;
    /** Environment that makes the CLI use this workspace's state, and ask nothing. */
    readonly env: Readonly<Record<string, string>>;
}

/**
 * Makes a Pulumi project folder in `dir` whose program is this repository's (by symbolic links) and whose stack files
 * are copies: the engine writes an encryption salt into a stack file, and that must not change the working tree.
 * Calling it again keeps the stack files and the state that are there.
 *
 * @param dir Absolute path; created when missing.
 * @param passphrase Encrypts the secrets of the state.
 */
export async function createWorkspace(dir: string, passphrase: string): Promise<Workspace> {
    const state = path.join(dir, "state");
    await fs.mkdir(state, { recursive: true });
    for (const name of programFiles) {
        const link = path.join(dir, name);
        await fs.rm(link, { force: true });
        await fs.symlink(path.join(projectRoot, name), link);
    }
    const stackFiles = (await fs.readdir(projectRoot)).filter((name) =>
        /^Pulumi\..+\.yaml$/.test(name),
    );
    await fs.copyFile(path.join(projectRoot, "Pulumi.yaml"), path.join(dir, "Pulumi.yaml"));
    for (const name of stackFiles) {
        await copyUnlessPresent(path.join(projectRoot, name), path.join(dir, name));
    }
    return {
        dir,
        env: {
            PULUMI_BACKEND_URL: `file://${state}`,
            PULUMI_CONFIG_PASSPHRASE: passphrase,
            PULUMI_SKIP_UPDATE_CHECK: "true",
        },
    };
}

async function copyUnlessPresent(from: string, to: string): Promise<void> {
    try {
        await fs.copyFile(from, to, fs.constants.COPYFILE_EXCL);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
    }
}
