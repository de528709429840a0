import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";
import { crc32 } from "node:zlib";

/** A file of an archive, and what it is called there. */
interface Entry {
    readonly name: string;
    readonly content: Buffer;
}

const VERSION = 20;
/** The first of January 1980, midnight: the oldest date that an archive can name. */
const DATE = 0x21;
const FILE_MODE = 0o100644 << 16;

/**
 * Writes a wheel of pure Python: the same bytes for the same sources, as nothing of this machine is in it. Needs
 * neither pip nor the network. https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 *
 * @param sources the folder that has the package's folder
 * @param folder where the wheel is written
 */
export async function writeWheel(
    { name, version, sources }: { name: string; version: string; sources: string },
    folder: string,
): Promise<void> {
    const about = `${name}-${version}.dist-info`;
    const files = [
        ...(await pythonFiles(sources)),
        text(`${about}/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`),
        text(
            `${about}/WHEEL`,
            "Wheel-Version: 1.0\nGenerator: hysds-pulumi\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        ),
    ];
    const record = files.map(({ name, content }) => `${name},${digest(content)},${content.length}`);
    const lines = [...record, `${about}/RECORD,,`, ""].join("\n");
    await writeFile(
        join(folder, `${name}-${version}-py3-none-any.whl`),
        archive([...files, text(`${about}/RECORD`, lines)]),
    );
}

function text(name: string, content: string): Entry {
    return { name, content: Buffer.from(content) };
}

function digest(content: Buffer): string {
    return `sha256=${createHash("sha256").update(content).digest("base64url")}`;
}

async function pythonFiles(sources: string): Promise<Entry[]> {
    const found = await readdir(sources, { recursive: true, withFileTypes: true });
    const paths = found
        .filter((entry) => entry.isFile() && entry.name.endsWith(".py"))
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
    return Promise.all(
        paths.map(async (path) => ({
            name: relative(sources, path).split(sep).join(posix.sep),
            content: await readFile(path),
        })),
    );
}

/** A ZIP archive, nothing in it compressed: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function archive(entries: readonly Entry[]): Buffer {
    const files: Buffer[] = [];
    const directory: Buffer[] = [];
    let offset = 0;
    for (const { name, content } of entries) {
        const encoded = Buffer.from(name);
        const common = commonHeader(encoded, content);
        const file = Buffer.concat([number(0x04034b50, 4), common, encoded, content]);
        directory.push(
            Buffer.concat([
                number(0x02014b50, 4),
                // Made by version 2.0 on Unix, so that the mode counts.
                number((3 << 8) | VERSION, 2),
                common,
                // No comment, first disk, no internal attributes.
                Buffer.alloc(6),
                number(FILE_MODE >>> 0, 4),
                number(offset, 4),
                encoded,
            ]),
        );
        files.push(file);
        offset += file.length;
    }
    const index = Buffer.concat(directory);
    const end = Buffer.concat([
        number(0x06054b50, 4),
        Buffer.alloc(4),
        number(entries.length, 2),
        number(entries.length, 2),
        number(index.length, 4),
        number(offset, 4),
        Buffer.alloc(2),
    ]);
    return Buffer.concat([...files, index, end]);
}

/** What a file's header and its line in the directory have in common. */
function commonHeader(name: Buffer, content: Buffer): Buffer {
    return Buffer.concat([
        number(VERSION, 2),
        // Names are UTF-8; stored.
        number(0x800, 2),
        number(0, 2),
        number(0, 2),
        number(DATE, 2),
        number(crc32(content), 4),
        number(content.length, 4),
        number(content.length, 4),
        number(name.length, 2),
        number(0, 2),
    ]);
}

function number(value: number, bytes: 2 | 4): Buffer {
    const buffer = Buffer.alloc(bytes);
    buffer.writeUIntLE(value, 0, bytes);
    return buffer;
}
