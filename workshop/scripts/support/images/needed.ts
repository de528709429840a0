import { IMAGES } from "../../../../components/kubernetes/images";
import { parseSettings } from "../../../../components/settings/parse";
import { specOf } from "../../../../components/settings/schema";
import { ConfigurationError } from "../../../../components/settings/configuration-error";
import { readStackConfiguration } from "../../../plan/stack-configuration";

/** Images that a stack runs and no registry has. */
export interface NeededImages {
    readonly names: readonly string[];
    readonly registry: string;
    readonly tag: string;
}

/** Nobody pushes HySDS's images there: it is the name that they are built by. */
const UNPUBLISHED = specOf("imageRegistry").default;

/**
 * The images of a stack that must be in the cluster already. A registry of the user's own and images that
 * `imageOverrides` names are believed to be pulled. None of a wrong configuration, which `pulumi up` refuses.
 *
 * @param directory with `Pulumi.yaml` and `Pulumi.<stack>.yaml`
 */
export function neededImages(directory: string, stack: string): NeededImages {
    const { values, secretKeys } = readStackConfiguration(directory, stack);
    const settings = parseSettings(values, stack, secretKeys);
    if (settings instanceof ConfigurationError) {
        return { names: [], registry: "", tag: "" };
    }
    const { images, hysds } = settings;
    const names = IMAGES.own.filter(
        (name) => !(name in images.overrides) && (name !== "hysds-ui" || hysds.ui),
    );
    return {
        names: images.registry === UNPUBLISHED ? names : [],
        registry: images.registry,
        tag: images.tag,
    };
}

/** The reference of an image, as pods name it. */
export function referenceOf({ registry, tag }: NeededImages, name: string): string {
    return `${registry}/${name}:${tag}`;
}

/** A reference as every runtime would write it: Docker leaves its own registry out. */
export function familiar(reference: string): string {
    return reference.replace(/^docker\.io\/(library\/)?/, "");
}
