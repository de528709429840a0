import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Replaces a file as a whole, readable by its owner only: whoever reads it finds the old content or the new one, also
 * when the writer is killed midway, the disk is full or the machine loses its power.
 */
export function replaceFile(path: string, content: string | Buffer): void {
    const temporary = `${path}.${process.pid}.new`;
    try {
        writeFileSync(temporary, content, { mode: 0o600, flush: true });
        renameSync(temporary, path);
    } catch (error) {
        rmSync(temporary, { force: true });
        throw error;
    }
}

/** Reads a JSON file; undefined when it is not there or is no JSON. */
export function readJson<T>(path: string): T | undefined {
    try {
        return JSON.parse(readFileSync(path, "utf8")) as T;
    } catch {
        return undefined;
    }
}

/** Replaces a JSON file as a whole, readable by its owner only. */
export function writeJson(path: string, value: unknown): void {
    replaceFile(path, JSON.stringify(value, undefined, 2));
}

/** The files below a folder, at any depth, in order of their paths. */
export function filesBelow(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
}
