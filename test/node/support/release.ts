import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "../../e2e/support/consumers/cached";
import { writeWheel } from "./wheel";

const SOURCES = join(__dirname, "../release");
const LIBRARIES = join(SOURCES, "libraries");
const BASE_IMAGE = join(__dirname, "../../../images/base/Dockerfile");

/** Trees that go into the release as they are. */
const TREES = ["hysds", "mozart", "grq2", "pele", "hysds_ui"] as const;

/**
 * The release of stand-ins as images/ takes it, in the cache: wheels of the versions that images/base names, and trees
 * (docs/images.md). The same sources give the same bytes.
 *
 * @returns the directory, to be given as the build context `release`
 */
export async function standInRelease(): Promise<string> {
    const versions = await libraryVersions();
    return cached(`release-${await fingerprint(versions)}`, async (temporary) => {
        const wheels = join(temporary, "wheels");
        await mkdir(wheels);
        for (const [name, version] of Object.entries(versions)) {
            await writeWheel({ name, version, sources: join(LIBRARIES, name) }, wheels);
        }
        for (const tree of TREES) {
            await cp(join(SOURCES, tree), join(temporary, tree), {
                recursive: true,
                filter: (path) => !path.endsWith("__pycache__"),
            });
        }
    });
}

/**
 * HySDS's libraries and the versions that images/base/Dockerfile asks for, by its build arguments.
 *
 * @throws Error when a library here has no version there
 */
export async function libraryVersions(): Promise<Readonly<Record<string, string>>> {
    const dockerfile = await readFile(BASE_IMAGE, "utf8");
    const names = await readdir(LIBRARIES);
    return Object.fromEntries(
        names.sort().map((name) => {
            const argument = `${name.toUpperCase()}_VERSION`;
            const version = new RegExp(`^ARG ${argument}=(\\S+)$`, "m").exec(dockerfile)?.[1];
            if (version === undefined) {
                throw new Error(`${BASE_IMAGE} has no build argument ${argument}`);
            }
            return [name, version];
        }),
    );
}

/** Changes with any source. */
async function fingerprint(versions: Readonly<Record<string, string>>): Promise<string> {
    const hash = createHash("sha256").update(JSON.stringify(versions));
    const entries = await readdir(SOURCES, { recursive: true, withFileTypes: true });
    const files = entries
        .filter((entry) => entry.isFile() && !entry.parentPath.includes("__pycache__"))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
    for (const file of files) {
        hash.update(file.slice(SOURCES.length))
            .update("\0")
            .update(await readFile(file));
    }
    return hash.digest("hex").slice(0, 12);
}
