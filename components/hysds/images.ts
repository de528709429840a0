import * as pulumi from "@pulumi/pulumi";
import { IMAGES } from "../kubernetes/images";
import { Settings } from "../settings/settings";

/** Name of an image of images.yaml. */
export type ImageName = string;

/** Whether it is an image of HySDS's Python processes: with user `ops`, tini and the layout of pod/paths.ts. */
export function isPythonImage(name: ImageName): boolean {
    return IMAGES.isPython(name);
}

/** The reference to pull for an image of images.yaml; what talks to the search cluster follows its engine. */
export function imageReference(
    name: ImageName,
    { images, backends }: Pick<Settings, "images" | "backends">,
): pulumi.Input<string> {
    const { engine, engineVersion } = backends.search;
    return IMAGES.reference(name, images, engine, engineVersion);
}
