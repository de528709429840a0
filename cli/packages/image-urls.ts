import { Source } from "../search/documents";

/** What is to become of the URL of an image; undefined removes it. */
export type UrlChange = (url: string) => string | undefined;

/** A document with image URLs: one (`url`), and one for each processor architecture (`urls`, JSON in a text). */
function changed(document: Source, one: string, many: string, change: UrlChange): Source {
    const result = { ...document };
    if (typeof document[one] === "string") {
        result[one] = change(document[one]) ?? null;
    }
    const byArchitecture = urlsOf(document[many]);
    if (byArchitecture) {
        const entries = Object.entries(byArchitecture).flatMap(([architecture, url]) => {
            const replaced = change(url);
            return replaced === undefined ? [] : [[architecture, replaced]];
        });
        result[many] = entries.length > 0 ? JSON.stringify(Object.fromEntries(entries)) : null;
    }
    return result;
}

function urlsOf(value: unknown): Record<string, string> | undefined {
    return typeof value === "string" && value.startsWith("{")
        ? (JSON.parse(value) as Record<string, string>)
        : undefined;
}

/** A container with other URLs of its image. */
export function withContainerUrls<T extends Source>(container: T, change: UrlChange): T {
    return changed(container, "url", "urls", change) as T;
}

/** A job specification with other URLs of the images that its jobs need beside their own. */
export function withDependencyUrls<T extends Source>(jobSpec: T, change: UrlChange): T {
    const { dependency_images: images } = jobSpec;
    return !Array.isArray(images)
        ? jobSpec
        : {
              ...jobSpec,
              dependency_images: images.map((image: Source) =>
                  changed(image, "container_image_url", "container_image_urls", change),
              ),
          };
}

/** All different image URLs of a container. */
export function containerUrls(container: Source): string[] {
    return collect((change) => withContainerUrls(container, change));
}

/** All different URLs of images that jobs need beside their own. */
export function dependencyUrls(jobSpecs: readonly Source[]): string[] {
    return collect((change) => jobSpecs.forEach((spec) => withDependencyUrls(spec, change)));
}

function collect(visit: (change: UrlChange) => unknown): string[] {
    const urls = new Set<string>();
    visit((url) => {
        urls.add(url);
        return url;
    });
    return [...urls];
}
