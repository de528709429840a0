import { origin } from "../../backends/endpoint";
import { stringify } from "yaml";
import { PUBLIC_PATHS } from "../catalog/public-paths";
import { ConfigurationInputs } from "./inputs";

const PORT = 5601;

type Dashboard = "kibana" | "opensearch_dashboards";

/** `kibana.yml`, for Kibana OSS of the cluster's version. */
export function renderKibana(inputs: ConfigurationInputs): string {
    return stringify(dashboard(inputs, "kibana"));
}

/** `opensearch_dashboards.yml`. */
export function renderOpensearchDashboards(inputs: ConfigurationInputs): string {
    return stringify(dashboard(inputs, "opensearch_dashboards"));
}

function dashboard({ search }: ConfigurationInputs, product: Dashboard): object {
    const { metrics } = search;
    const store = product === "kibana" ? "elasticsearch" : "opensearch";
    return {
        "server.port": PORT,
        "server.host": "0.0.0.0",
        // It takes the prefix off by itself.
        "server.basePath": PUBLIC_PATHS.kibana,
        "server.rewriteBasePath": true,
        [`${store}.hosts`]: [origin(metrics)],
        ...(metrics.password === undefined
            ? {}
            : {
                  [`${store}.username`]: metrics.username,
                  [`${store}.password`]: withoutReferences(metrics.password),
              }),
    };
}

/**
 * Kibana and Dashboards replace `${NAME}` in every value by an environment variable, and know no escape for it.
 *
 * @throws RangeError when the password has such a reference in it.
 */
function withoutReferences(password: string): string {
    if (/\$\{\w+\}/.test(password)) {
        throw new RangeError("The metrics search password contains ${NAME}, which Kibana replaces");
    }
    return password;
}
