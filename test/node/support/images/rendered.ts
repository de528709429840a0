import { evaluateStack } from "../../../../workshop/plan/evaluate";
import { renderManifests } from "../../../../workshop/plan/manifests";

/**
 * References of all images that a stack's manifests name, sorted.
 *
 * @param overrides configuration values by key, over those of `Pulumi.<stack>.yaml`
 */
export async function renderedImages(
    stack: string,
    overrides: Readonly<Record<string, string>> = {},
): Promise<string[]> {
    const manifests = renderManifests(await evaluateStack(stack, overrides));
    return [...new Set(manifests.flatMap(({ body }) => imagesIn(body)))].sort();
}

/** Values of `image`, wherever a container is. */
function imagesIn(value: unknown): string[] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    return Object.entries(value).flatMap(([key, item]) =>
        key === "image" && typeof item === "string" ? [item] : imagesIn(item),
    );
}
