/** ConfigMap in the namespace of the services that says which bucket has the artifacts: keys `bucket` and `region`. */
export const ARTIFACTS_CONFIG_MAP = "hysds-artifacts";

/** Below it are bundles of code and configuration: `bundles/<name>.tar.gz`. */
export const BUNDLES_PREFIX = "bundles/";

/** Below it are images of packages, as `podman save` or `docker save` writes them. */
export const IMAGES_PREFIX = "images/";

/** The bundle that pools read. */
export const VERDI_BUNDLE = "verdi";
