import { SearchEngine } from "../../settings/settings";
import { EVENT_LISTS } from "../../../contract/event-lists";
import { LOGSTASH_DATA, PROBES_DIRECTORY, SCRIPTS_DIRECTORY } from "../pod/paths";
import { PUBLIC_PATHS } from "./public-paths";
import { INDEXER_HEAP, SHORT_GRACE, logstashResources, python } from "./shapes";
import { WorkloadSpec, ServiceSpec } from "./workload-spec";

const SDSWATCH_HEAP = { small: 192, standard: 256 };

/** `server.basePath` of kibana.yml and opensearch_dashboards.yml. */
const DASHBOARDS_BASE_PATH = PUBLIC_PATHS.kibana;

/** The indexer of the metrics VM. */
export const METRICS: readonly WorkloadSpec[] = [
    {
        kind: "logstash",
        component: "metrics",
        name: "metrics-logstash-indexer",
        what: `Redis lists ${EVENT_LISTS.metrics} and ${EVENT_LISTS.sdswatch} to daily indices`,
        image: "logstash",
        vmProcesses: 1,
        files: ["logstash/metrics.conf", "logstash/logstash.yml"],
        writes: [LOGSTASH_DATA],
        afterBootstrap: true,
        replicas: { small: 1, standard: 2 },
        heapMiB: INDEXER_HEAP,
        resources: logstashResources(INDEXER_HEAP),
        graceSeconds: 120,
    },
];

/** Kibana, or what it became where the engine is OpenSearch. */
export function dashboards(engine: SearchEngine): ServiceSpec {
    const common = {
        kind: "service",
        component: "metrics",
        name: "kibana",
        what: "Dashboards of jobs, workers and machines",
        image: "kibana",
        vmProcesses: 1,
        port: 5601,
        replicas: { small: 1, standard: 1 },
        resources: {
            small: { cpu: 100, memory: 448, cpuLimit: 2000, memoryLimit: 1024 },
            standard: { cpu: 500, memory: 1024, cpuLimit: 2000, memoryLimit: 2048 },
        },
        route: { prefix: DASHBOARDS_BASE_PATH, title: "Metrics", prefixHandling: "own" },
        clients: "gateway",
        graceSeconds: SHORT_GRACE,
    } as const;
    if (engine === "elasticsearch") {
        return {
            ...common,
            command: ["/usr/share/kibana/bin/kibana"],
            // 503 until its store answers.
            ready: { path: `${DASHBOARDS_BASE_PATH}/api/status` },
            files: ["kibana.yml"],
            writes: ["/usr/share/kibana/data"],
        };
    }
    const home = "/usr/share/opensearch-dashboards";
    return {
        ...common,
        command: [`${home}/bin/opensearch-dashboards`],
        // 503 until its store has answered once; the security plugin asks for credentials on /api/status.
        ready: { path: `${DASHBOARDS_BASE_PATH}/app/login` },
        files: ["opensearch_dashboards.yml"],
        writes: [`${home}/data`],
        // The security plugin fails on a cluster without security, and its removal would write the image.
        hideWithoutCredentials: `${home}/plugins/securityDashboards`,
    };
}

/** What ran on every VM, and now runs wherever jobs do. */
export const JOB_NODES: readonly WorkloadSpec[] = [
    {
        kind: "node-agent",
        component: "metrics",
        name: "instance-stats",
        what: "CPU, memory and disk of each job node to the metrics store",
        image: "core",
        vmProcesses: 1,
        command: [
            "python",
            `${PROBES_DIRECTORY}/node_stats.py`,
            `${SCRIPTS_DIRECTORY}/log_instance_stats.py`,
            "--interval",
            "600",
        ],
        files: ["celeryconfig.py"],
        ready: { stores: ["metrics"] },
        resources: python(96, 128),
        graceSeconds: 30,
    },
    {
        kind: "sidecar",
        component: "metrics",
        name: "sdswatch",
        what: "SDSWatch logs of jobs to the daily indices `sdswatch-…`",
        image: "logstash",
        vmProcesses: 1,
        files: ["logstash/sdswatch.conf", "logstash/logstash.yml"],
        writes: [LOGSTASH_DATA],
        // A JVM for each worker is more than a small cluster has.
        sizes: ["standard"],
        heapMiB: SDSWATCH_HEAP,
        resources: logstashResources(SDSWATCH_HEAP),
        graceSeconds: SHORT_GRACE,
    },
];
