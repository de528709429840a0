import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { IMAGES } from "../../kubernetes/images";
import { key, topicKeys } from "../key";
import { imageReference, imageTag } from "../../../contract/image-reference";
import { imageRegistry } from "../limits/images";
import type { Values } from "../schema";
import { imageBuildSettings, ReleaseSource } from "./image-build";

/** A reference for each image of the stack, none of which must be given. */
const overrides = Object.fromEntries(
    IMAGES.names.map((name) => [name, z.string().regex(imageReference).optional()]),
) as Record<string, z.ZodOptional<z.ZodString>>;

/** Keys about container images. */
export const keys = topicKeys("Images", {
    imageRegistry: key(z.string().regex(imageRegistry), {
        default: "docker.io/hysds",
        description: "Registry and path before the names of HySDS images.",
        allowed: "host and path, without https:// and without a slash at the end",
    }),
    imageTag: key(z.string().regex(imageTag), {
        default: "0.1.0",
        description: "Tag of HySDS images.",
        allowed: "a tag other than latest",
    }),
    imageOverrides: key(z.strictObject(overrides), {
        default: {},
        description:
            "Full references for single images, by their names in images.yaml: for digests, mirrors and own builds.",
        allowed: "full image references with a tag other than latest, or a digest",
        example: "registry.example.org/hysds/mozart:1.0.0",
    }),
});

/** Where images are pulled from. */
export interface ImageSettings {
    /** Registry and path before HySDS image names, such as `123456789012.dkr.ecr.us-west-2.amazonaws.com/hysds`. */
    readonly registry: Values["imageRegistry"];
    readonly tag: Values["imageTag"];
    /** Full references by image name, instead of registry/name:tag; how prod names digests. */
    readonly overrides: Readonly<Record<string, pulumi.Input<string>>>;
    /** Present where the stack builds its images and pushes them to `registry`, which is then an ECR registry. */
    readonly build?: { readonly release: ReleaseSource };
}

/** Images as their keys have them. */
export function imageSettings(values: Values): ImageSettings {
    const { imageRegistry: registry, imageTag: tag } = values;
    // Names without a reference are not in it.
    const named = values.imageOverrides as Readonly<Record<string, string>>;
    return { registry, tag, overrides: named, build: imageBuildSettings(values) };
}
