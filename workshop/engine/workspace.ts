import { existsSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { sessionEnvironment } from "../../contract/local-installation";
import { replaceFile } from "./files";
import { PROJECT_ROOT } from "./toolchain/versions";

/** What the program is made of; the rest of the repository is none of the engine's business. */
const programFiles = [
    "index.ts",
    "components",
    "contract",
    "cost",
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
    /** Environment that makes the CLI use this workspace's state and its folder for temporary files, and ask nothing. */
    readonly env: Readonly<Record<string, string>> & { readonly TMPDIR: string };
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
    await fs.mkdir(path.join(dir, "state"), { recursive: true });
    await fs.mkdir(path.join(dir, "tmp"), { recursive: true });
    for (const name of programFiles) {
        await link(path.join(PROJECT_ROOT, name), path.join(dir, name));
    }
    const stackFiles = (await fs.readdir(PROJECT_ROOT)).filter((name) =>
        /^Pulumi\..+\.yaml$/.test(name),
    );
    for (const name of ["Pulumi.yaml", ...stackFiles]) {
        const copy = path.join(dir, name);
        if (name === "Pulumi.yaml" || !existsSync(copy)) {
            replaceFile(copy, await fs.readFile(path.join(PROJECT_ROOT, name)));
        }
    }
    return {
        dir,
        env: sessionEnvironment({ workspace: dir }, passphrase),
    };
}

/** Leaves a link alone that is right: an update in another terminal may be reading through it. */
async function link(target: string, place: string): Promise<void> {
    const present = await fs.readlink(place).catch(() => undefined);
    if (present !== target) {
        await fs.rm(place, { force: true });
        await fs.symlink(target, place);
    }
}
