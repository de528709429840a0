import { imageReference, imageTag } from "../../contract/image-reference";
import { DEFAULT_IMAGE_REGISTRY, OWN_IMAGES } from "../../contract/images";
import { EXIT, OperationsError } from "../errors";

/** Settings of a stack by key, such as `hysds:imageTag`, as the Pulumi CLI prints them. */
export type StackConfiguration = Readonly<Record<string, string>>;

/** One setting that an update changes; absent where there is none. */
export interface SettingChange {
    /** Path of the setting, as `pulumi config set --path` takes it. */
    readonly path: string;
    readonly before?: string;
    readonly after?: string;
}

/** What to run: a tag of the images as they are named now, or a full reference. */
export type WantedImage = { readonly tag: string } | { readonly image: string };

/** Components that are several images, or named otherwise than their image. */
const IMAGES_OF: Readonly<Record<string, readonly string[]>> = {
    grq: ["grq2", "pele"],
    ui: ["hysds-ui"],
};

/** Every name that an update takes, beside those of worker pools. */
export const UPDATABLE: readonly string[] = ["all", ...Object.keys(IMAGES_OF), ...OWN_IMAGES];

interface Pool {
    readonly name: string;
    readonly image?: string;
}

/**
 * The settings that make a stack run other images of a component, so that a later `pulumi up` agrees. `all` is
 * `hysds:imageTag`, and takes the names of single images away; a component is its images' `hysds:imageOverrides`, and
 * a worker pool with an image of its own is that of `hysds:workers`.
 *
 * @throws OperationsError (wrong usage) when there is no such component, or no such image can be named
 */
export function imageChanges(
    component: string,
    wanted: WantedImage,
    configuration: StackConfiguration,
): SettingChange[] {
    check(wanted);
    const changes =
        component === "all"
            ? changesOfAll(wanted, configuration)
            : changesOfOne(component, wanted, configuration);
    return changes.filter(({ before, after }) => before !== after);
}

function check(wanted: WantedImage): void {
    if ("tag" in wanted && !imageTag.test(wanted.tag)) {
        throw usage(`--tag ${wanted.tag} must be a tag other than latest`);
    }
    if ("image" in wanted && !imageReference.test(wanted.image)) {
        throw usage(`--image ${wanted.image} must be a full reference with a tag or a digest`);
    }
}

function changesOfAll(wanted: WantedImage, configuration: StackConfiguration): SettingChange[] {
    if (!("tag" in wanted)) {
        throw usage("--image names one image: say which component instead of all");
    }
    const overrides = Object.entries(overridesOf(configuration)).filter(([name]) =>
        OWN_IMAGES.includes(name),
    );
    overrides.forEach(([name, reference]) => refuseDigest(name, reference));
    return [
        { path: "hysds:imageTag", before: configuration["hysds:imageTag"], after: wanted.tag },
        ...overrides.map(([name, before]) => ({ path: overridePath(name), before })),
    ];
}

function changesOfOne(
    component: string,
    wanted: WantedImage,
    configuration: StackConfiguration,
): SettingChange[] {
    const pools = listOf<Pool>(configuration["hysds:workers"]);
    const at = pools.findIndex(({ name }) => name === component);
    const pool = pools[at];
    if (pool) {
        const before = pool.image;
        const image = before ?? defaultReference("verdi", configuration);
        const after = "image" in wanted ? wanted.image : retagged(component, image, wanted.tag);
        return [{ path: `hysds:workers[${at}].image`, before, after }];
    }
    const images = IMAGES_OF[component] ?? OWN_IMAGES.filter((image) => image === component);
    if (images.length === 0) {
        const known = [...UPDATABLE, ...pools.map(({ name }) => name)].join(", ");
        throw usage(`there is no component ${component}: there are ${known}`);
    }
    if ("image" in wanted && images.length > 1) {
        throw usage(`${component} is ${images.join(" and ")}: say which, with --image`);
    }
    const overrides = overridesOf(configuration);
    return images.map((name) => {
        const before = overrides[name];
        const image = before ?? defaultReference(name, configuration);
        const after = "image" in wanted ? wanted.image : retagged(name, image, wanted.tag);
        return { path: overridePath(name), before, after };
    });
}

function overridePath(name: string): string {
    return `hysds:imageOverrides["${name}"]`;
}

function overridesOf(configuration: StackConfiguration): Record<string, string> {
    return JSON.parse(configuration["hysds:imageOverrides"] ?? "{}") as Record<string, string>;
}

function listOf<T>(text = "[]"): T[] {
    return JSON.parse(text) as T[];
}

function defaultReference(name: string, configuration: StackConfiguration): string {
    return `${configuration["hysds:imageRegistry"] ?? DEFAULT_IMAGE_REGISTRY}/${name}:0`;
}

function retagged(name: string, reference: string, tag: string): string {
    refuseDigest(name, reference);
    return `${reference.replace(/:[^:/]+$/, "")}:${tag}`;
}

function refuseDigest(name: string, reference: string): void {
    if (reference.includes("@")) {
        const repository = reference.split("@")[0]?.replace(/:[^:/]+$/, "");
        throw usage(
            `${name} is named by its digest: say hysds-ops update ${name} --image ${repository}@sha256:<digest>`,
        );
    }
}

function usage(message: string): OperationsError {
    return new OperationsError(message, { exitCode: EXIT.usage });
}
