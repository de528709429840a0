import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { execa } from "execa";

/** An image of one program that needs no library, and of what else of this machine it is given. */
export interface ProgramImage {
    /** Reference by which a pod asks for it. */
    readonly name: string;
    /** A statically linked executable of this machine. */
    readonly program: string;
    /** Absolute paths in the image that lead to the program; the first is the entry point. */
    readonly paths: readonly [string, ...string[]];
    /** Absolute paths of dynamically linked programs of this machine; they come with their libraries. */
    readonly also?: readonly string[];
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64" };

/**
 * Writes an image as `ctr images import` reads it: a tar of the OCI image layout.
 * https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export async function writeProgramImage(image: ProgramImage, file: string): Promise<void> {
    const work = await fs.mkdtemp(path.join(os.tmpdir(), "hysds-image-"));
    try {
        const layout = path.join(work, "layout");
        await fs.mkdir(path.join(layout, "blobs", "sha256"), { recursive: true });
        const layer = await addBlob(layout, "layer.v1.tar", await layerOf(image, work));
        const architecture = ARCHITECTURES[process.arch] ?? process.arch;
        const config = await addBlob(layout, "config.v1+json", {
            architecture,
            os: "linux",
            config: { Entrypoint: [image.paths[0]], Env: ["PATH=/bin:/usr/bin"] },
            rootfs: { type: "layers", diff_ids: [layer.digest] },
        });
        const mediaType = "application/vnd.oci.image.manifest.v1+json";
        const manifest = await addBlob(layout, "manifest.v1+json", {
            schemaVersion: 2,
            mediaType,
            config,
            layers: [layer],
        });
        const annotations = { "io.containerd.image.name": image.name };
        await write(layout, "index.json", {
            schemaVersion: 2,
            manifests: [{ ...manifest, annotations }],
        });
        await write(layout, "oci-layout", { imageLayoutVersion: "1.0.0" });
        await execa("tar", ["--create", "--file", file, "--directory", layout, "."]);
    } finally {
        await fs.rm(work, { recursive: true });
    }
}

async function layerOf({ program, paths, also = [] }: ProgramImage, work: string): Promise<Buffer> {
    const root = path.join(work, "root");
    const [first, ...others] = paths;
    const entry = path.join(root, first);
    const links = others.map((name) => path.join(root, name));
    for (const name of [entry, ...links]) {
        await fs.mkdir(path.dirname(name), { recursive: true });
    }
    await fs.copyFile(program, entry);
    await fs.chmod(entry, 0o755);
    for (const link of links) {
        await fs.symlink(paths[0], link);
    }
    for (const source of await withLibraries(also)) {
        const target = path.join(root, source);
        await fs.mkdir(path.dirname(target), { recursive: true });
        await fs.copyFile(source, target);
    }
    const file = path.join(work, "layer.tar");
    const owner = ["--owner=0", "--group=0", "--numeric-owner"];
    await execa("tar", ["--create", ...owner, "--file", file, "--directory", root, "."]);
    return fs.readFile(file);
}

async function withLibraries(programs: readonly string[]): Promise<Set<string>> {
    const files = new Set(programs);
    for (const program of programs) {
        const { stdout } = await execa("ldd", [program]);
        for (const [, library = ""] of stdout.matchAll(/(\/\S+) \(0x/g)) {
            files.add(library);
        }
    }
    return files;
}

interface Descriptor {
    readonly mediaType: string;
    readonly digest: string;
    readonly size: number;
}

async function addBlob(
    layout: string,
    type: string,
    content: Buffer | object,
): Promise<Descriptor> {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
    const hash = createHash("sha256").update(bytes).digest("hex");
    await fs.writeFile(path.join(layout, "blobs", "sha256", hash), bytes);
    const mediaType = `application/vnd.oci.image.${type}`;
    return { mediaType, digest: `sha256:${hash}`, size: bytes.length };
}

async function write(layout: string, name: string, content: object): Promise<void> {
    await fs.writeFile(path.join(layout, name), JSON.stringify(content));
}
