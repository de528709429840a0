/**
 * Paths that a REST API answers with 200 as long as its process works, and without asking a store. Pele has none of its
 * own: this is its list of services, where its `/` redirects to a page of documentation.
 */
export const ALIVE_PATHS = {
    mozart: "/services",
    grq2: "/services",
    pele: "/api/v0.1/swagger.json",
} as const;
