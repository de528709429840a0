import { UI_HEALTH_PATH, UI_PORT } from "../configuration/ui";
import { PUBLIC_PATHS } from "./public-paths";
import { SHORT_GRACE } from "./shapes";
import { ContainerResources, ServiceSpec } from "./workload-spec";

const RESOURCES: ContainerResources = { cpu: 10, memory: 16, cpuLimit: 500, memoryLimit: 128 };

/** HySDS's web interface, which Apache served from the mozart VM. */
export const HYSDS_UI = {
    kind: "service",
    component: "mozart",
    name: "hysds-ui",
    what: "HySDS's web interface, Tosca and Figaro, and the searches that it makes from the browser",
    image: "hysds-ui",
    vmProcesses: 0,
    // The image's entrypoint writes the node's name servers into the template before nginx starts.
    command: ["/docker-entrypoint.sh", "nginx", "-c", "/tmp/nginx.conf", "-g", "daemon off;"],
    environment: {
        NGINX_ENTRYPOINT_LOCAL_RESOLVERS: "1",
        NGINX_ENVSUBST_OUTPUT_DIR: "/tmp",
        NGINX_ENVSUBST_FILTER: "^NGINX_LOCAL_RESOLVERS$",
    },
    port: UI_PORT,
    alivePath: UI_HEALTH_PATH,
    // The search clusters, which Apache published too, stay inside: it lets through the searches that it makes.
    route: {
        prefix: PUBLIC_PATHS.ui,
        title: "UI",
        prefixHandling: "own",
        further: [PUBLIC_PATHS.mozartSearch, PUBLIC_PATHS.grqSearch],
    },
    // Its pages say by themselves that a search cluster does not answer.
    ready: { path: UI_HEALTH_PATH },
    files: ["hysds-ui/nginx.conf", "hysds-ui/search.js"],
    replicas: { small: 1, standard: 2 },
    resources: { small: RESOURCES, standard: RESOURCES },
    clients: "gateway",
    graceSeconds: SHORT_GRACE,
} as const satisfies ServiceSpec;
