import { EVENT_LISTS } from "../../../contract/event-lists";
import { REFUSED_MOUNTS } from "../../../contract/worker";
import { ConfigurationInputs, SearchAddress, StoreAddress } from "./inputs";
import { netrcCluster } from "./netrc";
import { HIDDEN_STRING, PythonExpression, PythonValue, pythonAssignments } from "./quoting";
import { runOptions } from "./run-options";
import { redisUrl, searchHosts } from "./store-urls";

type Settings = Readonly<Record<string, PythonValue>>;

const SECONDS_PER_HOUR = 3600;
const SECONDS_PER_DAY = 24 * SECONDS_PER_HOUR;

/**
 * HySDS gives TLS options to every pool it opens, and redis-py refuses them for a store without TLS
 * (`unexpected keyword argument 'ssl_cert_reqs'`), so they are dropped for `redis://` URLs. A container that only
 * reads the settings may not have redis-py.
 */
const PLAIN_REDIS_POOLS = `try:
    from redis import ConnectionPool as _ConnectionPool
except ImportError:
    pass
else:
    _open_pool = _ConnectionPool.from_url.__func__

    def _open_pool_of_scheme(pool_class, url, **options):
        if not url.startswith("rediss:"):
            options = {name: value for name, value in options.items() if not name.startswith("ssl_")}
        return _open_pool(pool_class, url, **options)

    _ConnectionPool.from_url = classmethod(_open_pool_of_scheme)
`;

/** `celeryconfig.py`: what every Python process of HySDS imports, as module `celeryconfig`. */
export function renderCeleryconfig(inputs: ConfigurationInputs): string {
    const settings = pythonAssignments(celerySettings(inputs));
    const plainRedis = !inputs.resultStore.tls || !inputs.metricsStore.tls;
    return [
        inputs.broker.tls ? "import ssl\n\n" : "",
        settings.includes("_Hidden(") ? `${HIDDEN_STRING}\n\n` : "",
        settings,
        plainRedis ? `\n${PLAIN_REDIS_POOLS}` : "",
    ].join("");
}

function celerySettings(inputs: ConfigurationInputs): Settings {
    return {
        ...transport(inputs),
        ...delivery(),
        ...services(inputs),
        ...search("JOBS", inputs.search.mozart, inputs),
        ...search("GRQ", inputs.search.grq, inputs),
        ...search("METRICS", inputs.search.metrics, inputs),
        ...redisLists(inputs),
        ...queuesAndIndices(),
        ...jobs(inputs),
        ...containers(inputs),
        ...jobLocks(),
    };
}

function transport({ broker, resultStore }: ConfigurationInputs): Settings {
    return {
        broker_url: `${broker.url}//`,
        broker_use_ssl: brokerTls(broker),
        broker_heartbeat: 60,
        broker_heartbeat_checkrate: 2,
        broker_pool_limit: null,
        broker_connection_timeout: 60,
        broker_connection_retry_on_startup: true,
        // A broker that is away for longer than the default 100 attempts must not end the worker.
        broker_connection_max_retries: null,
        broker_transport_options: { confirm_publish: true, read_timeout: 60, write_timeout: 60 },
        result_backend: redisUrl(resultStore),
        result_expires: SECONDS_PER_DAY,
        redis_socket_keepalive: true,
        redis_backend_health_check_interval: 30,
    };
}

/** Never absent: HySDS calls `.get("ciphers")` on it. To Celery an empty one means no TLS. */
function brokerTls(broker: StoreAddress): PythonValue {
    return broker.tls
        ? {
              cert_reqs: new PythonExpression("ssl.CERT_REQUIRED"),
              server_hostname: broker.host,
          }
        : {};
}

function delivery(): Settings {
    return {
        task_serializer: "msgpack",
        result_serializer: "msgpack",
        event_serializer: "msgpack",
        accept_content: ["msgpack", "json"],
        task_acks_late: true,
        task_reject_on_worker_lost: true,
        task_queue_max_priority: 10,
        task_track_started: true,
        task_send_sent_event: true,
        worker_send_task_events: true,
        worker_prefetch_multiplier: 1,
        imports: ["hysds.task_worker", "hysds.job_worker", "hysds.orchestrator"],
    };
}

function services({ services, externalUrl }: ConfigurationInputs): Settings {
    return {
        // Mozart's address for people: links in job information and notifications.
        MOZART_URL: externalUrl === undefined ? `${services.mozart}/` : `${externalUrl}/mozart/`,
        MOZART_REST_URL: `${services.mozart}/api/v0.1`,
        GRQ_URL: services.grq2,
        GRQ_REST_URL: `${services.grq2}/api/v0.1`,
        GRQ_UPDATE_URL: `${services.grq2}/api/v0.1/grq/dataset/index`,
        GRQ_UPDATE_URL_BULK: `${services.grq2}/api/v0.2/grq/dataset/index`,
    };
}

function search(
    component: "JOBS" | "GRQ" | "METRICS",
    address: SearchAddress,
    inputs: ConfigurationInputs,
): Settings {
    return {
        [`${component}_ES_ENGINE`]: address.engine,
        // The signing proxy, or nobody, signs; the Python clients never do.
        [`${component}_AWS_ES`]: false,
        [`${component}_ES_URL`]: searchHosts(address, netrcCluster(inputs)),
    };
}

function redisLists({ resultStore, metricsStore }: ConfigurationInputs): Settings {
    const jobs = redisUrl(resultStore);
    const metrics = redisUrl(metricsStore);
    return {
        REDIS_JOB_STATUS_URL: jobs,
        REDIS_JOB_STATUS_KEY: EVENT_LISTS.statuses,
        // Named for a socket of the VM era, and opened as any URL: pods share no socket.
        REDIS_UNIX_DOMAIN_SOCKET: jobs,
        REDIS_JOB_INFO_URL: metrics,
        REDIS_JOB_INFO_KEY: EVENT_LISTS.metrics,
        REDIS_INSTANCE_METRICS_URL: metrics,
        REDIS_INSTANCE_METRICS_KEY: EVENT_LISTS.metrics,
    };
}

function queuesAndIndices(): Settings {
    return {
        JOBS_PROCESSED_QUEUE: "jobs_processed",
        USER_RULES_JOB_QUEUE: "user_rules_job",
        ON_DEMAND_JOB_QUEUE: "on_demand_job",
        USER_RULES_JOB_INDEX: "user_rules-mozart",
        STATUS_ALIAS: "job_status",
        DATASET_PROCESSED_QUEUE: "dataset_processed",
        USER_RULES_DATASET_QUEUE: "user_rules_dataset",
        ON_DEMAND_DATASET_QUEUE: "on_demand_dataset",
        USER_RULES_DATASET_INDEX: "user_rules-grq",
        DATASET_ALIAS: "grq",
        HYSDS_IOS_MOZART: "hysds_ios-mozart",
        HYSDS_IOS_GRQ: "hysds_ios-grq",
        USER_RULES_TRIGGER_QUEUE: "user_rules_trigger",
        PROCESS_EVENTS_TASKS_QUEUE: "process_events_tasks",
    };
}

function jobs({ broker, jobTimeoutHours }: ConfigurationInputs): Settings {
    return {
        ROOT_WORK_DIR: "/data/work",
        WEBDAV_URL: null,
        WEBDAV_PORT: 8085,
        CACHE_READ_ONLY: false,
        EVICT_CACHE: false,
        TRIAGE_PARTITION_FORMAT: null,
        BUCKET_PROFILES: [],
        // Celery's own handlers: SIGTERM ends the worker after its task.
        HYSDS_HANDLE_SIGNALS: false,
        // A job's state must outlive the job, or whoever asks after it finds none.
        HYSDS_JOB_STATUS_EXPIRES: Math.max(SECONDS_PER_DAY, 2 * jobTimeoutHours * SECONDS_PER_HOUR),
        PUBLISH_WAIT_STATUS_EXPIRES: 300,
        HARD_TIME_LIMIT_GAP: 300,
        BACKOFF_MAX_VALUE: 64,
        BACKOFF_MAX_TRIES: 10,
        WORKER_CONTIGUOUS_FAILURE_THRESHOLD: 10,
        WORKER_CONTIGUOUS_FAILURE_TIME: 5,
        PYMONITOREDRUNNER_CFG: monitoredRunner(broker),
    };
}

function monitoredRunner(broker: StoreAddress): PythonValue {
    return {
        rabbitmq: { hostname: broker.host, port: broker.port, queue: "stdouterr" },
        StreamObserverFileWriter: {
            stdout_filepath: "_stdout.txt",
            stderr_filepath: "_stderr.txt",
        },
        StreamObserverMessenger: { send_interval: 1 },
    };
}

function containers(inputs: ConfigurationInputs): Settings {
    const { variables, options } = runOptions({
        ...inputs,
        hasObjectStore: inputs.objectStore !== undefined,
    });
    return {
        CONTAINER_ENGINE: inputs.containerEngine,
        CONTAINER_REGISTRY: inputs.containerRegistry,
        CONTAINER_ARCHITECTURE_MAPPINGS: {
            x86_64: "",
            amd64: "",
            arm64: "-arm64",
            aarch64: "-arm64",
        },
        AWS_REGION: inputs.region,
        // Copies what a job mounts below the work directory: the only path that a pod shares with its engine.
        K8S: true,
        VERDI_HOME: "/home/ops",
        VERDI_SHELL: "/bin/bash",
        WORKER_MOUNT_BLACKLIST: [...REFUSED_MOUNTS],
        PODMAN_CFG: {
            // Every job runs as the worker's user, whatever its image's USER, as HySDS always has it with Docker: no
            // other user of a rootless engine's containers can write what the worker has made.
            set_uid_gid: true,
            set_passwd_entry: true,
            cmd_base: {
                userns: "keep-id",
                "security-opt": "label=disable",
                ...options,
            },
            environment: [
                "HOST_VERDI_HOME",
                "HOST_USER",
                "HOST_UID",
                "HYSDS_ROOT_WORK_DIR",
                ...variables,
            ],
        },
    };
}

/** Times in seconds. Off as in HySDS: with it on, a job that is delivered twice runs once. */
function jobLocks(): Settings {
    return {
        ENABLE_JOB_LOCKING: false,
        JOB_LOCK_EXPIRE_TIME: 600,
        JOB_LOCK_HEARTBEAT_INTERVAL: 30,
        JOB_LOCK_HEARTBEAT_MAX_FAILURES: 3,
        JOB_LOCK_MAX_EXTENSIONS: 4320,
        JOB_LOCK_NEW_GRACE_PERIOD: 120,
        JOB_LOCK_REDELIVERY_BUFFER_TIME: 10,
        JOB_LOCK_REDELIVERY_WAIT_MAX: null,
        JOB_LOCK_STALE_CHECK_RETRIES: 3,
        JOB_LOCK_STALE_CHECK_TIMEOUT: 60,
    };
}
