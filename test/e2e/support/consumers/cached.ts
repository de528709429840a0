import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { cacheRoot, fillOnce } from "../../../../workshop/engine/toolchain/cache";

/**
 * A folder of the cache that is filled once, by whichever test comes first.
 *
 * @param name with a version or a digest of what is in it, where that can change
 * @param fill writes into the folder it is given, which is moved when it is complete
 */
export async function cached(
    name: string,
    fill: (temporary: string) => Promise<void>,
): Promise<string> {
    const folder = join(cacheRoot(), "consumers", name);
    await fillOnce(
        cacheRoot(),
        folder,
        () => existsSync(join(folder, "complete")),
        async (temporary) => {
            await fill(temporary);
            await writeFile(join(temporary, "complete"), "");
        },
    );
    return folder;
}

/** Debian packages, unpacked in a folder that is what `/` would be, and not installed: no service of them starts. */
export async function unpackDebian(packages: readonly string[], folder: string): Promise<void> {
    await execa("apt-get", ["download", ...packages], { cwd: folder });
    for (const file of (await readdir(folder)).filter((name) => name.endsWith(".deb"))) {
        await execa("dpkg", ["--extract", file, "."], { cwd: folder });
    }
}
