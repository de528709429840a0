import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

/** What an image is pinned to: one reference, or one for each value of what it depends on. */
export type Pin = string | { readonly [value: string]: Pin };

/** What images.yaml holds. */
export interface ImageFile {
    /** HySDS's own, by name, with what is in them. */
    readonly hysds: Readonly<Record<string, "python" | "nginx">>;
    /** Everybody else's, by name. */
    readonly upstream: Readonly<Record<string, Pin>>;
}

/** Where a stack takes its images from. */
export interface ImageSources {
    /** Registry and path before the names of HySDS's own. */
    readonly registry: string;
    /** Tag of HySDS's own. */
    readonly tag: string;
    /** Full references by name, which go before everything else. */
    readonly overrides: Readonly<Record<string, pulumi.Input<string>>>;
}

/** One reference of the file. */
export interface PinnedImage {
    readonly name: string;
    /** What it holds for, from the outside in: `["valkey", "8.1"]`; empty where there is one reference only. */
    readonly variant: readonly string[];
    readonly reference: string;
}

/** Stands for every value that has no reference of its own. */
const OTHER = "other";

/**
 * The images of images.yaml. Whoever needs one asks for it by name; the stack's overrides are honoured here, for all of
 * them, and nowhere else.
 */
export class ImageList {
    /** Names of HySDS's own, in the file's order. */
    public readonly own: readonly string[];
    /** Every name, HySDS's own first: what may be overridden. */
    public readonly names: readonly string[];

    constructor(private readonly file: ImageFile) {
        this.own = Object.keys(file.hysds);
        this.names = [...this.own, ...Object.keys(file.upstream)];
    }

    /** @param text of a file like images.yaml, whose shape its unit test checks */
    static parse(text: string): ImageList {
        return new ImageList(parse(text) as ImageFile);
    }

    /** Whether it is one of HySDS's Python processes: with user `ops`, tini and the layout of HySDS's paths. */
    isPython(name: string): boolean {
        return this.file.hysds[name] === "python";
    }

    /**
     * The reference to pull: the override where there is one, `registry/name:tag` for HySDS's own, what is pinned for
     * the rest.
     *
     * @param variant what it may depend on, from the outside in, such as engine and version; what it does not depend on
     *     is not looked at
     * @throws Error when the file has no image of that name, or no reference for that variant
     */
    reference(
        name: string,
        { registry, tag, overrides }: ImageSources,
        ...variant: readonly string[]
    ): pulumi.Input<string> {
        if (Object.hasOwn(overrides, name)) {
            return overrides[name] as pulumi.Input<string>;
        }
        return this.own.includes(name)
            ? `${registry}/${name}:${tag}`
            : this.pinned(name, ...variant);
    }

    /** Every reference of the file as it stands there, `other` with its placeholder. */
    get pins(): readonly PinnedImage[] {
        return Object.entries(this.file.upstream).flatMap(([name, pin]) =>
            leaves(pin).map(({ variant, reference }) => ({ name, variant, reference })),
        );
    }

    /**
     * The reference that the file has for an image of somebody else's.
     *
     * @throws Error when it has none of that name, or none for that variant
     */
    pinned(name: string, ...variant: readonly string[]): string {
        let pin: Pin | undefined = this.file.upstream[name];
        for (const value of variant) {
            if (typeof pin !== "object") {
                break;
            }
            pin = pin[value] ?? filled(pin[OTHER], value);
        }
        if (typeof pin !== "string") {
            const what = [name, ...variant].join(" ");
            throw new Error(`images.yaml has no image ${what}. It has ${this.names.join(", ")}.`);
        }
        return pin;
    }
}

/** The images of the project, read once. */
export const IMAGES = ImageList.parse(readFileSync(join(__dirname, "../../images.yaml"), "utf8"));

/** Repository of a reference, with its registry and without tag and digest. */
export function repositoryOf(reference: string): string {
    return reference.replace(/@.*$/, "").replace(/:[^:/]+$/, "");
}

function filled(pin: Pin | undefined, version: string): Pin | undefined {
    if (typeof pin !== "string") {
        return pin;
    }
    const patch = version.split(".").length < 3 ? `${version}.0` : version;
    return pin.replace("{version}", version).replace("{patch}", patch);
}

function leaves(pin: Pin): Omit<PinnedImage, "name">[] {
    if (typeof pin === "string") {
        return [{ variant: [], reference: pin }];
    }
    return Object.entries(pin).flatMap(([value, inner]) =>
        leaves(inner).map(({ variant, reference }) => ({
            variant: [value, ...variant],
            reference,
        })),
    );
}
