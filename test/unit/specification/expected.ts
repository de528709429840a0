/** Stacks that have every kind of workload between them. */
export const STACKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    local: { "hysds:backups": "true", "hysds:monitoring": "prometheus" },
    prod: {
        "hysds:autoscaling": "keda",
        "hysds:containerEngine": "docker",
        "hysds:workers": JSON.stringify([
            { name: "sar", queue: "sar-job_worker", minReplicas: 0, maxReplicas: 8 },
        ]),
    },
};

/** Users of the images. */
export const USERS: Readonly<Record<string, number>> = {
    gateway: 101,
    "operations-relay": 101,
    "search-proxy": 65534,
    "cluster-autoscaler": 65534,
    "redis-exporter": 59000,
    "search-exporter": 65534,
    rabbitmq: 999,
    redis: 999,
};
export const HYSDS_USER = 1000;

/** The one that talks to the API server. */
export const WITH_TOKEN = ["cluster-autoscaler"];

/** Scripts that give no sign of life: they end when something is wrong, and are started again. */
export const WITHOUT_LIVENESS = [
    "process-events",
    "watchdog-job-timeouts",
    "watchdog-task-timeouts",
    "watchdog-worker-timeouts",
    "instance-stats",
];

/** Never two at a time, not even while one replaces the other. */
export const EXACTLY_ONE = [
    "mozart-logstash-indexer",
    "process-events",
    "watchdog-job-timeouts",
    "watchdog-task-timeouts",
    "watchdog-worker-timeouts",
];

/** Always one, and nothing that others wait for: they do not keep apart. */
export const ALWAYS_ALONE = [
    "operations-relay",
    "cluster-autoscaler",
    "redis-exporter",
    "search-exporter",
];

export const RESTRICTED = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    readOnlyRootFilesystem: true,
};

/** The container engine of job workers, which makes the containers of jobs. */
export const ENGINES: Readonly<Record<string, object>> = {
    podman: { privileged: true, runAsUser: 1000, runAsGroup: 1000, runAsNonRoot: true },
    docker: { privileged: true, runAsUser: 0, runAsGroup: 0, runAsNonRoot: false },
};
