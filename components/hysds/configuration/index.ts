import { renderCeleryconfig } from "./celeryconfig";
import { ConfigurationInputs } from "./inputs";
import { SupervisedProgram } from "./supervisord";

export type { ConfigurationInputs, SearchAddress, StoreAddress } from "./inputs";
export type { SupervisedProgram } from "./supervisord";

export type ConfigurationFile =
    | "celeryconfig.py"
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
    | "opensearch_dashboards.yml";

/** Every configuration file of HySDS by its name. Some hold credentials: keep them all in Secrets. */
export function renderConfiguration(
    inputs: ConfigurationInputs,
): Record<ConfigurationFile, string> {
    const pending = "";
    return {
        "celeryconfig.py": renderCeleryconfig(inputs),
        "mozart/settings.cfg": pending,
        "grq2/settings.cfg": pending,
        "pele/settings.cfg": pending,
        "orchestrator_jobs.json": pending,
        "orchestrator_datasets.json": pending,
        "datasets.json": pending,
        "logstash/mozart.conf": pending,
        "logstash/metrics.conf": pending,
        "logstash/sdswatch.conf": pending,
        "logstash/logstash.yml": pending,
        "kibana.yml": pending,
        "opensearch_dashboards.yml": pending,
    };
}

/** `supervisord.conf` for a pod that runs several processes. */
export function renderSupervisord(programs: readonly SupervisedProgram[]): string {
    return programs.map((program) => `[program:${program.name}]\n`).join("\n");
}

/**
 * Files of the idempotent bootstrap Job, mounted side by side: `bootstrap.py`, which is run by python3 with its
 * standard library alone, and the JSON definitions that it applies.
 */
export function renderBootstrap(inputs: ConfigurationInputs): Record<string, string> {
    return { "venue.json": JSON.stringify({ venue: inputs.venue }) };
}
