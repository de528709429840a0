import { isDeepStrictEqual } from "node:util";
import { ArtifactBucket } from "../artifacts/artifact-bucket";
import { ObjectStore } from "../artifacts/object-store";
import { urlOfObject } from "../artifacts/s3-url";
import { OperationsError } from "../errors";
import { Documents, Source } from "../search/documents";
import { UnpackedPackage } from "./archive";
import { withContainerUrls, withDependencyUrls } from "./image-urls";
import { CONTAINERS, indexOfAction, JOB_SPECS } from "./package";

/** One document that importing a package writes. */
export interface DocumentChange {
    readonly index: string;
    readonly id: string;
    readonly kind: "new" | "replaced" | "unchanged";
    readonly source: Source;
}

/** What becomes of images in the archive: uploaded to the bucket, or taken by name from the registry. */
export type ImageTarget = { readonly bucket: ArtifactBucket } | "registry";

/**
 * Where the images of an archive go.
 *
 * @throws OperationsError when the archive has images and there is no bucket for them
 */
export function imageTarget(
    { images }: UnpackedPackage,
    bucket: ArtifactBucket | undefined,
    wanted: "bucket" | "registry",
): ImageTarget {
    if (wanted === "registry" || (images.size === 0 && !bucket)) {
        return "registry";
    }
    if (!bucket) {
        throw new OperationsError(
            `the package has ${images.size} images and the installation no bucket of artifacts for them: push them to its image registry, and say --images registry`,
        );
    }
    return { bucket };
}

/** What importing a package does to the documents that are there. */
export async function documentChanges(
    documents: Documents,
    { manifest }: UnpackedPackage,
    target: ImageTarget,
): Promise<DocumentChange[]> {
    const place = (url: string) => placed(url, target);
    const wanted = [
        { index: CONTAINERS, source: withContainerUrls(manifest.containers, place) },
        ...manifest.job_specs.map((spec) => ({
            index: JOB_SPECS,
            source: withDependencyUrls(spec, place),
        })),
        ...manifest.hysds_ios.map((action) => ({ index: indexOfAction(action), source: action })),
    ];
    return Promise.all(
        wanted.map(async ({ index, source }) => {
            const there = await documents.get(index, source.id);
            const same = there && isDeepStrictEqual(there.source, source);
            const kind = !there ? "new" : same ? "unchanged" : "replaced";
            return { index, id: source.id, kind, source };
        }),
    );
}

/** URLs of other places stay; a name of a file is one in the archive, or beside it in the bucket. */
function placed(url: string, target: ImageTarget): string | undefined {
    if (url.includes("://")) {
        return url;
    }
    return target === "registry" ? undefined : urlOfObject(target.bucket.image(url));
}

/** Uploads the images, then writes the documents: workers never find one whose image is not there. */
export async function applyImport(
    documents: Documents,
    { images }: UnpackedPackage,
    changes: readonly DocumentChange[],
    target: ImageTarget,
): Promise<void> {
    if (target !== "registry") {
        const store = new ObjectStore();
        for (const [name, file] of images) {
            await store.upload(file, target.bucket.image(name));
        }
    }
    for (const { index, id, source, kind } of changes) {
        if (kind !== "unchanged") {
            await documents.write(index, source, id);
        }
    }
}
