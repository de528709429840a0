import { evaluateStack } from "../../../plan/evaluate";

interface Container {
    readonly image?: string;
}

interface PodSpec {
    readonly containers?: readonly Container[];
    readonly initContainers?: readonly Container[];
}

/** References of all images that the manifests of a stack name. */
export async function stackImages(
    name: string,
    config: Readonly<Record<string, string>>,
): Promise<string[]> {
    const { resources } = await evaluateStack(name, config);
    const images = resources.flatMap(({ inputs }) =>
        podSpecs(inputs).flatMap(({ containers = [], initContainers = [] }) =>
            [...containers, ...initContainers].flatMap(({ image }) => image ?? []),
        ),
    );
    return [...new Set(images)].sort();
}

/** Every object below a value that has a list of containers. */
function podSpecs(value: unknown): PodSpec[] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const own = "containers" in value && Array.isArray(value.containers) ? [value as PodSpec] : [];
    return [...own, ...Object.values(value).flatMap(podSpecs)];
}
