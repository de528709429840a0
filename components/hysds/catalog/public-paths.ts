/**
 * Paths under which people and browsers reach HySDS, through the gateway: those of the VM era's Apache
 * (templates/ssl.conf in https://github.com/hysds/puppet-mozart and https://github.com/hysds/puppet-grq), and Flower.
 */
export const PUBLIC_PATHS = {
    ui: "/hysds_ui",
    mozart: "/mozart",
    grq2: "/grq",
    pele: "/pele",
    kibana: "/metrics",
    flower: "/flower",
    /** Searches of the browser, which the pods of `ui` answer. */
    mozartSearch: "/mozart_es",
    grqSearch: "/grq_es",
} as const;
