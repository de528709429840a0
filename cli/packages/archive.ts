import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import * as tar from "tar";
import { EXIT, OperationsError, oneLine } from "../errors";
import { sortedJson } from "../sorted-json";
import { Manifest, parseManifest } from "./manifest";

const MANIFEST = "manifest.json";

/** Name of a package's directory and archive, as sds has it. */
export function packageName(id: string): string {
    return `${id.replaceAll(":", "-")}.sdspkg`;
}

/** Calls `use` with a directory that is there until it has ended. */
export async function inTemporaryDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
    const directory = await fs.mkdtemp(path.join(os.tmpdir(), "hysds-ops-"));
    try {
        return await use(directory);
    } finally {
        await fs.rm(directory, { recursive: true, force: true });
    }
}

/**
 * Writes the archive of a package: one directory with the manifest and the images.
 *
 * @param directory with the images, below the package's name
 */
export async function writeArchive(
    manifest: Manifest,
    directory: string,
    file: string,
): Promise<void> {
    const name = packageName(manifest.containers.id);
    await fs.writeFile(path.join(directory, name, MANIFEST), sortedJson(manifest));
    await tar.create({ file, cwd: directory, portable: true }, [name]);
}

/** An archive that was unpacked. */
export interface UnpackedPackage {
    readonly manifest: Manifest;
    /** Files beside the manifest, by name. */
    readonly images: ReadonlyMap<string, string>;
}

/**
 * Unpacks the archive of a package, whatever wrote it.
 *
 * @throws OperationsError (wrong usage) when it is none
 */
export async function unpackArchive(file: string, directory: string): Promise<UnpackedPackage> {
    try {
        await tar.extract({ file, cwd: directory, strict: true });
    } catch (failure) {
        throw notAPackage(file, `cannot be unpacked (${oneLine(failure)})`);
    }
    const [name, ...others] = await fs.readdir(directory);
    const root = path.join(directory, name ?? "");
    const entries = await fs.readdir(root, { withFileTypes: true }).catch(() => []);
    if (others.length > 0 || !entries.some((entry) => entry.name === MANIFEST)) {
        throw notAPackage(file, `is not one directory with a ${MANIFEST}`);
    }
    const manifest = parseManifest(await fs.readFile(path.join(root, MANIFEST), "utf8"));
    if ("problems" in manifest) {
        throw notAPackage(file, `has a wrong ${MANIFEST}: ${manifest.problems.join("; ")}`);
    }
    const images = entries.filter((entry) => entry.isFile() && entry.name !== MANIFEST);
    return {
        manifest,
        images: new Map(images.map((entry) => [entry.name, path.join(root, entry.name)])),
    };
}

function notAPackage(file: string, why: string): OperationsError {
    return new OperationsError(
        `${file} ${why}: it should be as hysds-ops pkg export or sds pkg export has written it`,
        { exitCode: EXIT.usage },
    );
}
