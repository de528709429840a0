import { ALIVE_PATHS } from "./alive-paths";
import { checkout } from "../pod/paths";
import { SEARCH_CLIENT, gunicorn, python, restApi } from "./shapes";
import { WorkloadSpec } from "./workload-spec";

/** Processes of the grq VM. Its aws-es-proxy belongs to the search cluster, in backends. */
export const GRQ: readonly WorkloadSpec[] = [
    restApi({
        component: "grq",
        name: "grq2",
        what: "GRQ REST API: the catalogue of datasets",
        image: "grq2",
        command: gunicorn("grq2:app", 8878),
        directory: checkout("grq2"),
        port: 8878,
        alivePath: ALIVE_PATHS.grq2,
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
        directory: checkout("pele"),
        port: 8877,
        alivePath: ALIVE_PATHS.pele,
        ready: { stores: ["search-grq"] },
        files: [...SEARCH_CLIENT, "pele/settings.cfg"],
        writes: [`${checkout("pele")}/data`],
        replicas: { small: 1, standard: 2 },
        webWorkers: { small: 1, standard: 4 },
        resources: python(160, 768),
    }),
];
