import { PUBLIC_PATHS } from "../../catalog/public-paths";

/**
 * `src/config/index.js` of hysds_ui, which its bundler compiles in: what its code imports from there, and nothing
 * more. Every URL is relative to the host that the page came from, so that one bundle serves every installation.
 * A pure function of nothing but the paths of the gateway.
 *
 * https://github.com/hysds/hysds_ui/blob/master/src/config/index.template.js
 */
export function renderUiConfiguration(): string {
    const { ui, mozart, grq2, kibana, flower, mozartSearch, grqSearch } = PUBLIC_PATHS;
    const settings = {
        LOCAL_DEV: false,
        GRQ_ES_URL: grqSearch,
        GRQ_ES_INDICES: "grq",
        GRQ_REST_API_V1: `${grq2}/api/v0.1`,
        // Work directories of jobs, which are served on no path: the page then shows no link to them.
        MOZART_BASE_URL: "",
        MOZART_ES_URL: mozartSearch,
        MOZART_ES_INDICES: "job_status",
        MOZART_REST_API_BASE: mozart,
        MOZART_REST_API_V1: `${mozart}/api/v0.1`,
        MOZART_REST_API_V2: `${mozart}/api/v0.2`,
        // Kibana and OpenSearch Dashboards both lead on to their own start page.
        KIBANA_URL: `${kibana}/`,
        ROOT_PATH: `${ui}/`,
    };
    const lines = Object.entries(settings).map(
        ([name, value]) => `exports.${name} = ${JSON.stringify(value)};`,
    );
    return `// Made by \`npm run generate\`: the settings of hysds_ui, the same for every installation.
${lines.join("\n")}

// The page's link to RabbitMQ is this host and a port. Queues are shown by Flower, on the port of the page itself; the
// bundler reads this file too, outside of any page.
const port = typeof window === "undefined" ? "" : window.location.port;
exports.RABBIT_MQ_PORT = \`\${port}${flower}/broker\`;
`;
}
