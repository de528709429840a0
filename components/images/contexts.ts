/** What the Dockerfile of an image reads beside its own directory, as docker-bake.hcl has it. */
export interface BuildContexts {
    /** The image that it is built on. */
    readonly from?: string;
    /** HySDS's own code, in context `release`. */
    readonly release: boolean;
    /** The tools that build source archives, in context `locks`. */
    readonly locks: boolean;
}

/**
 * Each image after those that it is built on. `base` is built like HySDS's own, and run by none; so is `release`, where
 * HySDS's code comes from Git.
 */
export const BUILD_CONTEXTS: Readonly<Record<string, BuildContexts>> = {
    release: { release: false, locks: true },
    base: { release: true, locks: false },
    core: { from: "base", release: false, locks: false },
    mozart: { from: "base", release: true, locks: true },
    grq2: { from: "base", release: true, locks: false },
    pele: { from: "base", release: true, locks: false },
    verdi: { from: "core", release: false, locks: false },
    "hysds-ui": { release: true, locks: false },
};
