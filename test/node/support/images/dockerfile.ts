import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DockerfileParser } from "dockerfile-ast";

/**
 * Images that a Dockerfile begins its stages with, with build arguments in their place; stages of its own, named build
 * contexts and `scratch` are not among them.
 */
export function baseImages(
    folder: string,
    args: Readonly<Record<string, string>>,
    contexts: readonly string[],
): string[] {
    const dockerfile = DockerfileParser.parse(readFileSync(join(folder, "Dockerfile"), "utf8"));
    const values = new Map<string, string>();
    const resolve = (text: string): string =>
        text.replace(/\$\{(\w+)\}/g, (_, name: string) => values.get(name) ?? "");
    for (const argument of dockerfile.getInitialARGs()) {
        const property = argument.getProperty();
        if (property !== null) {
            const name = property.getName();
            values.set(name, args[name] ?? resolve(property.getValue() ?? ""));
        }
    }
    const stages = dockerfile.getFROMs().map((from) => from.getBuildStage());
    const own = new Set<string | null>([...stages, ...contexts, "scratch"]);
    const images = dockerfile.getFROMs().map((from) => resolve(from.getImage() ?? ""));
    return [...new Set(images)].filter((image) => !own.has(image));
}
