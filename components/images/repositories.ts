/**
 * Git repositories of HySDS that make up a release, each with the tag at which they were last tried together:
 * docker-bake.hcl has the same ones as its defaults.
 */
export const HYSDS_REPOSITORIES = {
    prov_es: "v0.3.0",
    osaka: "v1.3.1",
    hysds_commons: "v2.4.1",
    hysds: "v3.3.2",
    mozart: "v2.4.0",
    grq2: "v2.3.0",
    pele: "v1.3.0",
    hysds_ui: "v1.1.10",
} as const;

export type HysdsRepository = keyof typeof HYSDS_REPOSITORIES;

/** Git base URL, and the refs that differ from those tried together. */
export interface GitSource {
    /** What comes before `/hysds.git`. */
    readonly url: string;
    readonly refs: Readonly<Partial<Record<HysdsRepository, string>>>;
}

/**
 * The build context of each repository, as BuildKit reads it:
 * https://docs.docker.com/build/concepts/context/#git-repositories
 */
export function gitContexts({ url, refs }: GitSource): Record<HysdsRepository, string> {
    const contexts = Object.entries({ ...HYSDS_REPOSITORIES, ...refs }).map(([name, ref]) => [
        name,
        `${url}/${name}.git#${ref}`,
    ]);
    return Object.fromEntries(contexts) as Record<HysdsRepository, string>;
}
