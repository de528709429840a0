/** Images of HySDS's Python processes, with user `ops`, tini and the layout of components/hysds/pod/paths.ts. */
export const PYTHON_IMAGES = ["core", "mozart", "grq2", "pele", "verdi"] as const;

/** Images of HySDS's own, built from images/ and pulled from the stack's registry: the one table of them. */
export const HYSDS_IMAGES = [...PYTHON_IMAGES, "hysds-ui"] as const;

export type PythonImage = (typeof PYTHON_IMAGES)[number];
export type HysdsImage = (typeof HYSDS_IMAGES)[number];
