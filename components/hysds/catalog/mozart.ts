import { FILE_PATHS } from "../configuration";
import { EVENT_LISTS } from "../../../contract/event-lists";
import { LOGSTASH_DATA, SCRIPTS_DIRECTORY, checkout } from "../pod/paths";
import { PUBLIC_PATHS } from "./public-paths";
import {
    INDEXER_HEAP,
    SEARCH_CLIENT,
    gunicorn,
    logstashResources,
    python,
    queue,
    restApi,
    script,
    taskQueue,
} from "./shapes";
import { WorkloadSpec } from "./workload-spec";

/** Orchestrators run the job creators that HySDS ships. */
const JOB_CREATORS = { HYSDS_JOB_CREATORS_DIR: `${SCRIPTS_DIRECTORY}/job_creators` };

/** Processes of the mozart VM. */
export const MOZART = [
    restApi({
        component: "mozart",
        name: "mozart",
        what: "Mozart REST API: jobs, queues, rules",
        image: "mozart",
        command: gunicorn("mozart:app", 8888),
        port: 8888,
        alivePath: "/services",
        route: { prefix: PUBLIC_PATHS.mozart, title: "Mozart", prefixHandling: "script-name" },
        hasSecretKey: true,
        ready: { stores: ["broker", "results", "search-jobs"] },
        files: [...SEARCH_CLIENT, "netrc", "mozart/settings.cfg"],
        environment: { NETRC: FILE_PATHS.netrc },
        writes: [`${checkout("mozart")}/data`],
        replicas: { small: 1, standard: 2 },
        webWorkers: { small: 1, standard: 4 },
        resources: python(192, 768),
    }),
    script({
        component: "mozart",
        name: "process-events",
        what: `Celery's event stream to the Redis list ${EVENT_LISTS.statuses}`,
        command: ["python", `${SCRIPTS_DIRECTORY}/process_events.py`],
        single: "two would write every event twice",
        files: SEARCH_CLIENT,
        supervised: true,
        ready: { stores: ["broker", "results"] },
    }),
    taskQueue({
        component: "mozart",
        name: "process-events-tasks",
        what: "Follow-ups of task events",
        queue: "process_events_tasks",
        nodeName: "process_events_tasks",
        vmProcesses: 1,
    }),
    queue({
        component: "mozart",
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
        component: "mozart",
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
        kind: "logstash",
        component: "mozart",
        name: "mozart-logstash-indexer",
        what: `Redis list ${EVENT_LISTS.statuses} to the status indices`,
        image: "logstash",
        vmProcesses: 1,
        files: ["logstash/mozart.conf", "logstash/logstash.yml"],
        writes: [LOGSTASH_DATA],
        afterBootstrap: true,
        single: "two consumers of one list could write a job's states in another order than they came",
        replicas: { small: 1, standard: 1 },
        heapMiB: INDEXER_HEAP,
        resources: logstashResources(INDEXER_HEAP),
        graceSeconds: 120,
    },
    script({
        component: "mozart",
        name: "watchdog-job-timeouts",
        what: "Tags jobs that timed out",
        command: ["python", `${SCRIPTS_DIRECTORY}/watchdog_job_timeouts.py`],
        supervised: false,
        ready: { stores: ["search-jobs"] },
    }),
    script({
        component: "mozart",
        name: "watchdog-task-timeouts",
        what: "Tags tasks that timed out",
        command: ["python", `${SCRIPTS_DIRECTORY}/watchdog_task_timeouts.py`],
        supervised: false,
        ready: { stores: ["search-jobs"] },
    }),
    script({
        component: "mozart",
        name: "watchdog-worker-timeouts",
        what: "Tags workers whose heartbeats stopped",
        command: ["python", `${SCRIPTS_DIRECTORY}/watchdog_worker_timeouts.py`, "-t", "120"],
        supervised: false,
        ready: { stores: ["search-jobs"] },
    }),
] as const satisfies readonly WorkloadSpec[];
