import { stringify } from "yaml";
import { ConfigurationInputs } from "../inputs";

/** `logstash.yml` for all pipelines: the API, which probes ask, and string escapes, which the pipelines rely on. */
export function renderLogstashSettings({ search }: ConfigurationInputs): string {
    // Renamed in Logstash 7.16; OpenSearch's build is newer, Elastic's last that writes to OSS 7.10 is older.
    const api = search.mozart.engine === "opensearch" ? "api.http" : "http";
    return stringify({
        [`${api}.host`]: "0.0.0.0",
        [`${api}.port`]: 9600,
        "config.support_escapes": true,
        "pipeline.ecs_compatibility": "disabled",
        // A status must not overtake the one before it: the last write of a document wins.
        "pipeline.workers": 1,
    });
}
