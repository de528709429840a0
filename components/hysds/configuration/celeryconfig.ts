import { ConfigurationInputs, SearchAddress, StoreAddress } from "./inputs";
import { PythonExpression, PythonValue, pythonAssignments } from "./quoting";
import { redisUrl } from "./redis-url";

type Settings = Readonly<Record<string, PythonValue>>;

const SECONDS_PER_DAY = 86_400;

/** `celeryconfig.py`: what every Python process of HySDS imports, as module `celeryconfig`. */
export function renderCeleryconfig(inputs: ConfigurationInputs): string {
    const imports = inputs.broker.tls ? "import ssl\n\n" : "";
    return imports + pythonAssignments(celerySettings(inputs));
}

function celerySettings(inputs: ConfigurationInputs): Settings {
    return {
        ...transport(inputs),
        ...delivery(),
        ...services(inputs),
        ...search("JOBS", inputs.search.mozart),
        ...search("GRQ", inputs.search.grq),
        ...search("METRICS", inputs.search.metrics),
        ...redisLists(inputs),
        ...queuesAndIndices(),
        ...jobs(inputs),
        ...jobLocks(),
    };
}

function transport({ broker, resultStore }: ConfigurationInputs): Settings {
    return {
        broker_url: `${broker.url}//`,
        // HySDS calls .get() on it whether or not there is TLS; to Celery an empty dict means plain TCP.
        broker_use_ssl: broker.tls ? { cert_reqs: new PythonExpression("ssl.CERT_REQUIRED") } : {},
        broker_heartbeat: 60,
        broker_heartbeat_checkrate: 2,
        broker_pool_limit: null,
        broker_connection_timeout: 60,
        broker_connection_retry_on_startup: true,
        broker_transport_options: { confirm_publish: true, read_timeout: 60, write_timeout: 60 },
        result_backend: redisUrl(resultStore),
        result_expires: SECONDS_PER_DAY,
        redis_socket_keepalive: true,
        redis_backend_health_check_interval: 30,
    };
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

function services({ services }: ConfigurationInputs): Settings {
    return {
        MOZART_URL: `${services.mozart}/mozart/`,
        MOZART_REST_URL: `${services.mozart}/api/v0.1`,
        GRQ_URL: services.grq2,
        GRQ_REST_URL: `${services.grq2}/api/v0.1`,
        GRQ_UPDATE_URL: `${services.grq2}/api/v0.1/grq/dataset/index`,
        GRQ_UPDATE_URL_BULK: `${services.grq2}/api/v0.2/grq/dataset/index`,
    };
}

function search(part: "JOBS" | "GRQ" | "METRICS", address: SearchAddress): Settings {
    return {
        [`${part}_ES_ENGINE`]: address.engine,
        // The signing proxy, or nobody, signs; the Python clients never do.
        [`${part}_AWS_ES`]: false,
        [`${part}_ES_URL`]: address.url,
    };
}

function redisLists({ resultStore, metricsStore }: ConfigurationInputs): Settings {
    const jobs = redisUrl(resultStore);
    const metrics = redisUrl(metricsStore);
    return {
        REDIS_JOB_STATUS_URL: jobs,
        REDIS_JOB_STATUS_KEY: "logstash",
        // Named for a socket of the VM era, and opened as any URL: there is no socket shared between pods.
        REDIS_UNIX_DOMAIN_SOCKET: jobs,
        REDIS_JOB_INFO_URL: metrics,
        REDIS_JOB_INFO_KEY: "logstash",
        REDIS_INSTANCE_METRICS_URL: metrics,
        REDIS_INSTANCE_METRICS_KEY: "logstash",
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

function jobs(inputs: ConfigurationInputs): Settings {
    return {
        ROOT_WORK_DIR: "/data/work",
        CONTAINER_ENGINE: inputs.containerEngine,
        CONTAINER_REGISTRY: inputs.containerRegistry,
        AWS_REGION: inputs.region,
        PYMONITOREDRUNNER_CFG: monitoredRunner(inputs.broker),
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

function jobLocks(): Settings {
    return { ENABLE_JOB_LOCKING: false };
}
