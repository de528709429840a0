/**
 * Prefixes of routes that rendered files name too; other services say theirs in their descriptions alone. They are
 * those of the VM era's Apache (templates/ssl.conf in https://github.com/hysds/puppet-mozart and
 * https://github.com/hysds/puppet-grq), and Flower's.
 */
export const PUBLIC_PATHS = {
    ui: "/hysds_ui",
    mozart: "/mozart",
    grq2: "/grq",
    kibana: "/metrics",
    flower: "/flower",
    /** Searches of the browser, which the pods of `ui` answer. */
    mozartSearch: "/mozart_es",
    grqSearch: "/grq_es",
} as const;
