import { createWriteStream } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { ObjectStore } from "../artifacts/object-store";
import { objectOfUrl } from "../artifacts/s3-url";
import { OperationsError, oneLine } from "../errors";
import { Source } from "../search/documents";
import { inTemporaryDirectory, packageName, writeArchive } from "./archive";
import { containerUrls, dependencyUrls, withContainerUrls, withDependencyUrls } from "./image-urls";
import { Manifest } from "./manifest";
import { HysdsPackage } from "./package";

export interface ExportOptions {
    /** Keep the accounts that may run each action. */
    readonly accounts: boolean;
    /** Images that go into the archive; the others stay where they are, and the archive names them by URL. */
    readonly images: "all" | "own" | "none";
}

/** Writes the archive of a package and returns its path. Nothing is left behind when it fails. */
export async function exportPackage(
    exported: HysdsPackage,
    directory: string,
    options: ExportOptions,
): Promise<string> {
    const name = packageName(exported.container.id);
    const file = path.join(directory, `${name}.tar`);
    await inTemporaryDirectory(async (temporary) => {
        const images = path.join(temporary, name);
        await fs.mkdir(images);
        const store = new ObjectStore();
        const urls = imageUrls(exported, options);
        for (const url of urls) {
            await fetchImage(store, url, path.join(images, path.posix.basename(url)));
        }
        await fs.mkdir(directory, { recursive: true });
        await writeArchive(manifestOf(exported, new Set(urls), options), temporary, file);
    });
    return file;
}

function imageUrls({ container, jobSpecs }: HysdsPackage, { images }: ExportOptions): string[] {
    const own = images === "none" ? [] : containerUrls(container.source);
    const others = images === "all" ? dependencyUrls(jobSpecs.map(({ source }) => source)) : [];
    const urls = [...new Set([...own, ...others])];
    const names = urls.map((url) => path.posix.basename(url));
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined) {
        throw new OperationsError(
            `two images of the package are named ${twice}: export it with --images none`,
        );
    }
    return urls;
}

function manifestOf(
    { container, jobSpecs, actions }: HysdsPackage,
    fetched: ReadonlySet<string>,
    { accounts }: ExportOptions,
): Manifest {
    const local = (url: string) => (fetched.has(url) ? path.posix.basename(url) : url);
    const withoutAccounts = (action: Source): Source =>
        Object.fromEntries(Object.entries(action).filter(([key]) => key !== "allowed_accounts"));
    const manifest = {
        containers: withContainerUrls(container.source, local),
        job_specs: jobSpecs.map(({ source }) => withDependencyUrls(source, local)),
        hysds_ios: actions.map(({ source }) => (accounts ? source : withoutAccounts(source))),
    };
    return manifest as unknown as Manifest;
}

async function fetchImage(store: ObjectStore, url: string, file: string): Promise<void> {
    const object = objectOfUrl(url);
    if (object) {
        await store.download(object, file);
        return;
    }
    if (!/^https?:\/\//.test(url)) {
        throw new OperationsError(`cannot get ${url}: export the package with --images none`);
    }
    try {
        const { ok, status, body } = await fetch(url);
        if (!ok || !body) {
            throw new Error(`it answered ${status}`);
        }
        await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(file));
    } catch (failure) {
        const why = `cannot get ${url} (${oneLine(failure)})`;
        throw new OperationsError(`${why}: export the package with --images none`, {
            cause: failure,
        });
    }
}
