/** Images of HySDS's own, built from images/ and pulled from the stack's registry: the one table of them. */
export const HYSDS_IMAGES = ["core", "mozart", "grq2", "pele", "verdi"] as const;

export type HysdsImage = (typeof HYSDS_IMAGES)[number];
