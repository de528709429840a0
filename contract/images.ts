import facts from "./facts.json";

/** Names of HySDS's own images: what `hysds:imageTag` is the tag of. */
export const OWN_IMAGES: readonly string[] = facts.images;

/** Registry and path of HySDS's own images where a stack says no other. */
export const DEFAULT_IMAGE_REGISTRY = facts.imageRegistry;
