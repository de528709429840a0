import { checkout } from "../pod/paths";
import { PUBLIC_PATHS } from "./public-paths";
import { SEARCH_CLIENT, gunicorn, python, restApi } from "./shapes";
import { WorkloadSpec } from "./workload-spec";

/** Processes of the grq VM. Its aws-es-proxy belongs to the search cluster, in backends. */
export const GRQ = [
    restApi({
        component: "grq",
        name: "grq2",
        what: "GRQ REST API: the catalogue of datasets",
        image: "grq2",
        command: gunicorn("grq2:app", 8878),
        port: 8878,
        alivePath: "/services",
        route: { prefix: PUBLIC_PATHS.grq2, title: "GRQ", prefixHandling: "script-name" },
        ready: { stores: ["search-grq", "search-jobs"] },
        files: [...SEARCH_CLIENT, "grq2/settings.cfg"],
        replicas: { small: 1, standard: 2 },
        webWorkers: { small: 1, standard: 4 },
        resources: python(160, 768),
    }),
    restApi({
        component: "grq",
        name: "pele",
        what: "Pele REST API: datasets for people's programs",
        image: "pele",
        command: gunicorn('pele:create_app("pele.settings.ProductionConfig")', 8877),
        port: 8877,
        // Its list of services: it has no path for this alone, and its `/` redirects to a page of documentation.
        alivePath: "/api/v0.1/swagger.json",
        route: { prefix: "/pele", title: "Pele", prefixHandling: "script-name" },
        hasSecretKey: true,
        ready: { stores: ["search-grq"] },
        files: [...SEARCH_CLIENT, "pele/settings.cfg"],
        writes: [`${checkout("pele")}/data`],
        replicas: { small: 1, standard: 2 },
        webWorkers: { small: 1, standard: 4 },
        resources: python(160, 768),
    }),
] as const satisfies readonly WorkloadSpec[];
