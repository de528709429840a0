import { SearchEngine, Settings } from "../settings/settings";
import {
    FILE_PATHS,
    HYSDS_CHECKOUT,
    LOGSTASH_DATA,
    PROBES_DIRECTORY,
    SCRIPTS_DIRECTORY,
    WORK_DIRECTORY,
    checkout,
} from "./paths";
import {
    SEARCH_CLIENT,
    SHORT_GRACE,
    gunicorn,
    jobLimits,
    jobQueue,
    logstashResources,
    python,
    queue,
    restApi,
    script,
    verdiPool,
} from "./row-shapes";
import { Row, ServiceRow, WorkerRow } from "./types";

/** Orchestrators run the job creators that HySDS ships. */
const JOB_CREATORS = { HYSDS_JOB_CREATORS_DIR: `${SCRIPTS_DIRECTORY}/job_creators` };

const SECONDS_PER_HOUR = 3600;

const INDEXER_HEAP = { small: 256, standard: 1024 };
const SDSWATCH_HEAP = { small: 192, standard: 256 };

/**
 * Every process of HySDS as data, one row each: adding a queue or a service is adding a row. Commands, queues and
 * process counts are those of HySDS's own supervisord
 * (https://github.com/hysds/hysds/tree/develop/configs/supervisor).
 */
export function catalogue(settings: Settings): readonly Row[] {
    return [
        ...MOZART,
        ...GRQ,
        ...FACTOTUM,
        ...factotumJobs(settings.hysds.jobTimeoutHours * SECONDS_PER_HOUR),
        ...METRICS,
        dashboards(settings.backends.search.engine),
        ...JOB_NODES,
        ...settings.hysds.workers.map(verdiPool),
    ];
}

const MOZART: readonly Row[] = [
    restApi({
        part: "mozart",
        name: "mozart",
        what: "Mozart REST API: jobs, queues, rules",
        image: "mozart",
        command: gunicorn("mozart:app", 8888),
        directory: checkout("mozart"),
        port: 8888,
        alivePath: "/services",
        ready: { stores: ["broker", "results", "search-jobs"] },
        files: [...SEARCH_CLIENT, "mozart/settings.cfg"],
        writes: [`${checkout("mozart")}/data`],
        replicas: { small: 1, standard: 2 },
        webWorkers: { small: 1, standard: 4 },
        resources: python(192, 768),
    }),
    script({
        part: "mozart",
        name: "process-events",
        what: "Celery's event stream to the Redis list `logstash`",
        command: ["python", `${SCRIPTS_DIRECTORY}/process_events.py`],
        files: ["celeryconfig.py"],
        supervised: true,
        ready: { stores: ["broker", "results"] },
    }),
    queue({
        part: "mozart",
        name: "process-events-tasks",
        what: "Follow-ups of task events",
        queue: "process_events_tasks",
        nodeName: "process_events_tasks",
        vmProcesses: 1,
    }),
    queue({
        part: "mozart",
        name: "orchestrator-datasets",
        what: "Datasets ingested: jobs to submit for them",
        queue: "dataset_processed",
        nodeName: "orchestrator_datasets",
        vmProcesses: 32,
        files: [...SEARCH_CLIENT, "orchestrator_datasets.json"],
        environment: {
            ...JOB_CREATORS,
            HYSDS_ORCHESTRATOR_CFG: FILE_PATHS["orchestrator_datasets.json"],
        },
    }),
    queue({
        part: "mozart",
        name: "orchestrator-jobs",
        what: "Job requests: jobs to queue for them",
        queue: "jobs_processed",
        nodeName: "orchestrator_jobs",
        vmProcesses: 32,
        files: [...SEARCH_CLIENT, "orchestrator_jobs.json"],
        environment: {
            ...JOB_CREATORS,
            HYSDS_ORCHESTRATOR_CFG: FILE_PATHS["orchestrator_jobs.json"],
        },
    }),
    {
        kind: "service",
        part: "mozart",
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
            "--url_prefix=flower",
        ],
        directory: HYSDS_CHECKOUT,
        port: 5555,
        alivePath: "/flower/healthcheck",
        ready: { stores: ["broker"] },
        files: ["celeryconfig.py"],
        // It counts what it saw itself: two would show different numbers.
        replicas: { small: 1, standard: 1 },
        resources: python(112, 256),
        clients: "gateway",
        graceSeconds: 30,
    },
    {
        kind: "logstash",
        part: "mozart",
        name: "mozart-logstash-indexer",
        what: "Redis list `logstash` to the status indices",
        image: "logstash",
        vmProcesses: 1,
        files: ["logstash/mozart.conf", "logstash/logstash.yml"],
        writes: [LOGSTASH_DATA],
        afterBootstrap: true,
        replicas: { small: 1, standard: 2 },
        heapMiB: INDEXER_HEAP,
        resources: logstashResources(INDEXER_HEAP),
        graceSeconds: 120,
    },
    script({
        part: "mozart",
        name: "watchdog-job-timeouts",
        what: "Tags jobs that timed out",
        command: ["python", `${SCRIPTS_DIRECTORY}/watchdog_job_timeouts.py`],
        supervised: false,
        ready: { stores: ["search-jobs"] },
    }),
    script({
        part: "mozart",
        name: "watchdog-task-timeouts",
        what: "Tags tasks that timed out",
        command: ["python", `${SCRIPTS_DIRECTORY}/watchdog_task_timeouts.py`],
        supervised: false,
        ready: { stores: ["search-jobs"] },
    }),
    script({
        part: "mozart",
        name: "watchdog-worker-timeouts",
        what: "Tags workers whose heartbeats stopped",
        command: ["python", `${SCRIPTS_DIRECTORY}/watchdog_worker_timeouts.py`, "-t", "120"],
        supervised: false,
        ready: { stores: ["search-jobs"] },
    }),
];

const GRQ: readonly Row[] = [
    restApi({
        part: "grq",
        name: "grq2",
        what: "GRQ REST API: the catalogue of datasets",
        image: "grq2",
        command: gunicorn("grq2:app", 8878),
        directory: checkout("grq2"),
        port: 8878,
        alivePath: "/services",
        ready: { stores: ["search-grq", "search-jobs"] },
        files: [...SEARCH_CLIENT, "grq2/settings.cfg"],
        replicas: { small: 1, standard: 2 },
        webWorkers: { small: 1, standard: 4 },
        resources: python(160, 768),
    }),
    restApi({
        part: "grq",
        name: "pele",
        what: "Pele REST API: datasets for people's programs",
        image: "pele",
        command: gunicorn('pele:create_app("pele.settings.ProductionConfig")', 8877),
        directory: checkout("pele"),
        port: 8877,
        alivePath: "/",
        ready: { stores: ["search-grq"] },
        files: [...SEARCH_CLIENT, "pele/settings.cfg"],
        writes: [`${checkout("pele")}/data`],
        replicas: { small: 1, standard: 2 },
        webWorkers: { small: 1, standard: 4 },
        resources: python(160, 768),
    }),
];

const FACTOTUM: readonly Row[] = [
    ...(
        [
            ["on_demand_job", 4, "Jobs on demand for found jobs"],
            ["on_demand_dataset", 4, "Jobs on demand for found datasets"],
            ["user_rules_job", 64, "User rules applied to a job"],
            ["user_rules_dataset", 64, "User rules applied to a dataset"],
            ["user_rules_trigger", 32, "Jobs that a rule triggers"],
        ] as const
    ).map(([name, vmProcesses, what]) =>
        queue({
            part: "factotum",
            name: name.replaceAll("_", "-"),
            what,
            queue: name,
            nodeName: name,
            vmProcesses,
        }),
    ),
    queue({
        part: "factotum",
        name: "import-prov-es",
        what: "Provenance of datasets into PROV-ES",
        queue: "import_prov_es",
        nodeName: "import_prov_es",
        vmProcesses: 1,
        image: "verdi",
        files: [...SEARCH_CLIENT, "datasets.json", "import_prov_es.json"],
        // run_job with a fixed command, and so with a work directory, but without a container.
        writes: [WORK_DIRECTORY],
        environment: {
            HYSDS_WORKER_CFG: FILE_PATHS["import_prov_es.json"],
            HYSDS_DATASETS_CFG: FILE_PATHS["datasets.json"],
        },
    }),
];

function factotumJobs(graceSeconds: number): readonly WorkerRow[] {
    return [
        jobQueue({
            part: "factotum",
            name: "system-jobs-queue",
            what: "HySDS's own jobs: retry, revoke, purge, notify",
            queue: "system-jobs-queue",
            nodeName: "system-jobs-queue",
            vmProcesses: 32,
            processesPerPod: 8,
            graceSeconds,
            jobs: {
                resources: jobLimits([100, 128, 1000, 1024], [1000, 2048, 4000, 8192]),
                workDiskGiB: { small: 2, standard: 50 },
            },
        }),
        jobQueue({
            part: "factotum",
            name: "factotum-job-worker-small",
            what: "The project's small jobs",
            queue: "factotum-job_worker-small",
            nodeName: "factotum-job_worker-small",
            vmProcesses: 1,
            graceSeconds,
            jobs: {
                resources: jobLimits([100, 128, 1000, 1024], [1000, 2048, 1000, 2048]),
                workDiskGiB: { small: 2, standard: 50 },
            },
        }),
        jobQueue({
            part: "factotum",
            name: "factotum-job-worker-large",
            what: "The project's large jobs",
            queue: "factotum-job_worker-large",
            nodeName: "factotum-job_worker-large",
            vmProcesses: 1,
            graceSeconds,
            jobs: {
                resources: jobLimits([100, 128, 2000, 2048], [2000, 8192, 2000, 8192]),
                workDiskGiB: { small: 5, standard: 100 },
            },
        }),
    ];
}

const METRICS: readonly Row[] = [
    {
        kind: "logstash",
        part: "metrics",
        name: "metrics-logstash-indexer",
        what: "Redis lists `logstash` and `sdswatch` to daily indices",
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
function dashboards(engine: SearchEngine): ServiceRow {
    const common = {
        kind: "service",
        part: "metrics",
        name: "kibana",
        what: "Dashboards of jobs, workers and machines",
        image: "kibana",
        vmProcesses: 1,
        port: 5601,
        // Below its base path; 503 until its store answers.
        ready: { path: "/metrics/api/status" },
        replicas: { small: 1, standard: 1 },
        resources: {
            small: { cpu: 100, memory: 448, cpuLimit: 2000, memoryLimit: 1024 },
            standard: { cpu: 500, memory: 1024, cpuLimit: 2000, memoryLimit: 2048 },
        },
        clients: "gateway",
        graceSeconds: SHORT_GRACE,
    } as const;
    if (engine === "elasticsearch") {
        return {
            ...common,
            command: ["/usr/share/kibana/bin/kibana"],
            files: ["kibana.yml"],
            writes: ["/usr/share/kibana/data"],
        };
    }
    const home = "/usr/share/opensearch-dashboards";
    return {
        ...common,
        command: [`${home}/bin/opensearch-dashboards`],
        files: ["opensearch_dashboards.yml"],
        writes: [`${home}/data`],
        // The security plugin fails on a cluster without security, and its removal would write the image.
        hideWithoutCredentials: `${home}/plugins/securityDashboards`,
    };
}

const JOB_NODES: readonly Row[] = [
    {
        kind: "node-agent",
        part: "metrics",
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
        part: "metrics",
        name: "sdswatch",
        what: "SDSWatch logs of jobs to the Redis list `sdswatch`",
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
