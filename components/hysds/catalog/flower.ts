import { HYSDS_CHECKOUT } from "../pod/paths";
import { PUBLIC_PATHS } from "./public-paths";
import { SHORT_GRACE, python } from "./shapes";
import { ServiceSpec } from "./workload-spec";

const PREFIX = PUBLIC_PATHS.flower;

/** Celery's dashboard, which ran on the mozart VM. */
export const FLOWER = {
    kind: "service",
    component: "mozart",
    name: "flower",
    what: "Celery's dashboard",
    image: "core",
    vmProcesses: 1,
    // With its prefix, as a gateway that serves other applications beside it needs.
    command: [
        "celery",
        "--app=hysds",
        "flower",
        "--address=0.0.0.0",
        "--port=5555",
        `--url_prefix=${PREFIX.slice(1)}`,
    ],
    directory: HYSDS_CHECKOUT,
    port: 5555,
    alivePath: `${PREFIX}/healthcheck`,
    metricsPath: `${PREFIX}/metrics`,
    route: { prefix: PREFIX, title: "Flower", prefixHandling: "own" },
    ready: { stores: ["broker"] },
    files: ["celeryconfig.py"],
    single: "it counts what it saw itself, so two would show different numbers",
    replicas: { small: 1, standard: 1 },
    resources: python(112, 256),
    clients: "gateway",
    graceSeconds: SHORT_GRACE,
} as const satisfies ServiceSpec;
