import { renderCeleryconfig } from "./celeryconfig";
import { renderKibana, renderOpensearchDashboards } from "./dashboards";
import { renderGrq2Settings, renderMozartSettings, renderPeleSettings } from "./flask";
import { renderDatasets } from "./datasets";
import { ConfigurationInputs } from "./inputs";
import { renderOrchestratorDatasets, renderOrchestratorJobs } from "./jobs";
import { renderMetricsPipeline, renderMozartPipeline } from "./logstash/pipelines";
import { renderSdswatchPipeline } from "./logstash/sdswatch";
import { renderLogstashSettings } from "./logstash/settings";
import { renderManagementNetrc, renderNetrc } from "./netrc";
import { renderUiNginx, renderUiSearchScript } from "./ui";

export { renderBootstrap } from "./bootstrap";
export type { ConfigurationInputs, SearchAddress, StoreAddress } from "./inputs";
export { SUPERVISORD_DIRECTORY, renderSupervisord } from "./supervisord";
export type { SupervisedProgram } from "./supervisord";

/** Names of the rendered files; a program mounts the ones that its processes read. */
export type ConfigurationFile =
    | "celeryconfig.py"
    | "netrc-os"
    | "netrc"
    | "mozart/settings.cfg"
    | "grq2/settings.cfg"
    | "pele/settings.cfg"
    | "orchestrator_jobs.json"
    | "orchestrator_datasets.json"
    | "datasets.json"
    | "logstash/mozart.conf"
    | "logstash/metrics.conf"
    | "logstash/sdswatch.conf"
    | "logstash/logstash.yml"
    | "kibana.yml"
    | "opensearch_dashboards.yml"
    | "hysds-ui/nginx.conf"
    | "hysds-ui/search.js";

/**
 * Every configuration file of HySDS by its name. Most hold credentials: keep them all in Secrets.
 *
 * @throws RangeError when the metrics search password contains `${NAME}`, which Kibana would replace.
 */
export function renderConfiguration(
    inputs: ConfigurationInputs,
): Record<ConfigurationFile, string> {
    return {
        "celeryconfig.py": renderCeleryconfig(inputs),
        "netrc-os": renderNetrc(inputs),
        netrc: renderManagementNetrc(inputs),
        "mozart/settings.cfg": renderMozartSettings(inputs),
        "grq2/settings.cfg": renderGrq2Settings(inputs),
        "pele/settings.cfg": renderPeleSettings(inputs),
        "orchestrator_jobs.json": renderOrchestratorJobs(inputs),
        "orchestrator_datasets.json": renderOrchestratorDatasets(),
        "datasets.json": renderDatasets(inputs),
        "logstash/mozart.conf": renderMozartPipeline(inputs),
        "logstash/metrics.conf": renderMetricsPipeline(inputs),
        "logstash/sdswatch.conf": renderSdswatchPipeline(inputs),
        "logstash/logstash.yml": renderLogstashSettings(inputs),
        "kibana.yml": renderKibana(inputs),
        "opensearch_dashboards.yml": renderOpensearchDashboards(inputs),
        "hysds-ui/nginx.conf": renderUiNginx(inputs),
        "hysds-ui/search.js": renderUiSearchScript(),
    };
}
