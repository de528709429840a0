import { origin } from "../../../backends/endpoint";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationInputs, SearchAddress } from "../inputs";
import { hysdsIos, userRules } from "./catalog-mappings";
import { datasetTemplate } from "./dataset-template";
import { lifecycle } from "./lifecycle";
import { Index, Step } from "./step";
import { eventStatus, jobStatus, nodeStatus } from "./status-mappings";
import { seriesTemplate, statusTemplate, stringsWithKeyword } from "./templates";

/**
 * Files of the idempotent bootstrap Job, mounted side by side: `bootstrap.py`, which python3 runs with its standard
 * library alone, and one definition file a search cluster. The definition files hold credentials.
 */
export function renderBootstrap(inputs: ConfigurationInputs): Record<string, string> {
    const { mozart, grq, metrics } = inputs.search;
    const steps = bootstrapSteps();
    return {
        "bootstrap.py": readFileSync(join(__dirname, "bootstrap.py"), "utf8"),
        "grq.json": definition(grq, steps.grq),
        "metrics.json": definition(metrics, steps.metrics),
        "mozart.json": definition(mozart, steps.mozart, lifecycle),
    };
}

/** What the Job makes in the search cluster of each component, beside the lifecycle policy. */
export function bootstrapSteps(): Record<"mozart" | "grq" | "metrics", readonly Step[]> {
    return { mozart: mozartSteps(), grq: grqSteps(), metrics: metricsSteps() };
}

function definition(address: SearchAddress, steps: readonly Step[], policy?: object): string {
    const { username, password } = address;
    const file = { url: origin(address), username, password, lifecycle: policy, steps };
    return `${JSON.stringify(file)}\n`;
}

function mozartSteps(): readonly Step[] {
    return [
        statusTemplate("job_status", jobStatus),
        statusTemplate("task_status", nodeStatus),
        statusTemplate("worker_status", nodeStatus),
        statusTemplate("event_status", eventStatus),
        // Failed jobs are kept until somebody deletes them, as people retry them from there.
        statusTemplate("job_failed", jobStatus, { kept: true }),
        // Makes the aliases of job status exist before the first job.
        index("job_failed", {}),
        index("user_rules-mozart", userRules()),
        index("user_rules-grq", userRules({ index_pattern: { type: "keyword" } })),
        index("hysds_ios-mozart", hysdsIos),
        index("hysds_ios-grq", hysdsIos),
        index("job_specs", stringsWithKeyword),
        index("containers", stringsWithKeyword),
    ];
}

function grqSteps(): readonly Step[] {
    return [
        {
            kind: "pipeline",
            name: "dataset_pipeline",
            body: {
                description: "Time of ingestion",
                processors: [{ set: { field: "@timestamp", value: "{{_ingest.timestamp}}" } }],
            },
        },
        datasetTemplate,
        // Makes the alias of all datasets exist before the first dataset.
        index("grq_none", {}),
    ];
}

function metricsSteps(): readonly Step[] {
    return [seriesTemplate("logstash"), seriesTemplate("sdswatch")];
}

function index(name: string, body: object): Index {
    return { kind: "index", name, body };
}
