import { CONFIGURATION_DIRECTORY } from "../pod/paths";
import { renderCeleryconfig } from "./celeryconfig";
import { renderKibana, renderOpensearchDashboards } from "./dashboards";
import { renderDatasets } from "./datasets";
import { FLASK_FILES } from "./flask";
import { ConfigurationInputs } from "./inputs";
import { renderOrchestratorDatasets, renderOrchestratorJobs } from "./jobs";
import { renderMetricsPipeline, renderMozartPipeline } from "./logstash/pipelines";
import { renderSdswatchPipeline } from "./logstash/sdswatch";
import { renderLogstashSettings } from "./logstash/settings";
import { renderManagementNetrc, renderNetrc } from "./netrc";
import { RenderedFile, RenderedFiles } from "./rendered-file";
import { renderUiNginx, renderUiSearchScript } from "./ui";

export { renderBootstrap } from "./bootstrap";
export type { ConfigurationInputs, SearchAddress, StoreAddress } from "./inputs";
export { SUPERVISORD_DIRECTORY, renderSupervisord } from "./supervisord";
export type { SupervisedProgram } from "./supervisord";

const LOGSTASH_PIPELINE = "/usr/share/logstash/pipeline/hysds.conf";

const FILES = {
    "celeryconfig.py": {
        path: `${CONFIGURATION_DIRECTORY}/celeryconfig.py`,
        render: renderCeleryconfig,
    },
    // Copied to `~/.netrc-os` with the mode that its readers insist on; see ../pod/template.ts.
    "netrc-os": { path: `${CONFIGURATION_DIRECTORY}/netrc-os`, render: renderNetrc },
    // NETRC names it; see ../catalog/mozart.ts.
    netrc: { path: `${CONFIGURATION_DIRECTORY}/netrc`, render: renderManagementNetrc },
    ...FLASK_FILES,
    "orchestrator_jobs.json": {
        path: `${CONFIGURATION_DIRECTORY}/orchestrator_jobs.json`,
        render: renderOrchestratorJobs,
    },
    "orchestrator_datasets.json": {
        path: `${CONFIGURATION_DIRECTORY}/orchestrator_datasets.json`,
        render: renderOrchestratorDatasets,
    },
    "datasets.json": { path: `${CONFIGURATION_DIRECTORY}/datasets.json`, render: renderDatasets },
    "logstash/mozart.conf": { path: LOGSTASH_PIPELINE, render: renderMozartPipeline },
    "logstash/metrics.conf": { path: LOGSTASH_PIPELINE, render: renderMetricsPipeline },
    "logstash/sdswatch.conf": { path: LOGSTASH_PIPELINE, render: renderSdswatchPipeline },
    "logstash/logstash.yml": {
        path: "/usr/share/logstash/config/logstash.yml",
        render: renderLogstashSettings,
    },
    "kibana.yml": { path: "/usr/share/kibana/config/kibana.yml", render: renderKibana },
    "opensearch_dashboards.yml": {
        path: "/usr/share/opensearch-dashboards/config/opensearch_dashboards.yml",
        render: renderOpensearchDashboards,
    },
    // The image's entrypoint makes nginx.conf of it.
    "hysds-ui/nginx.conf": {
        path: "/etc/nginx/templates/nginx.conf.template",
        render: renderUiNginx,
    },
    "hysds-ui/search.js": { path: "/etc/nginx/search.js", render: renderUiSearchScript },
} as const satisfies RenderedFiles;

/** Names of the rendered files; a workload names the ones that its processes read. */
export type ConfigurationFile = keyof typeof FILES;

function eachFile<T>(value: (file: RenderedFile) => T): Readonly<Record<ConfigurationFile, T>> {
    const entries = Object.entries<RenderedFile>(FILES).map(([name, file]) => [name, value(file)]);
    return Object.fromEntries(entries) as Record<ConfigurationFile, T>;
}

/** The path at which the process that reads a configuration file looks for it. */
export const FILE_PATHS = eachFile(({ path }) => path);

/**
 * Every configuration file of HySDS by its name. Most hold credentials: keep them all in Secrets.
 *
 * @throws RangeError when the metrics search password contains `${NAME}`, which Kibana would replace.
 */
export function renderConfiguration(
    inputs: ConfigurationInputs,
): Readonly<Record<ConfigurationFile, string>> {
    return eachFile(({ render }) => render(inputs));
}
