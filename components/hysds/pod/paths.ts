import { ConfigurationFile } from "../configuration";

/** Where HySDS images keep code and read configuration. images/ builds them so; the root file system is read-only. */
const HYSDS_ROOT = "/opt/hysds";

/** Mounted configuration. Not below `/etc` or `/usr`: HySDS refuses to mount those into job containers. */
export const CONFIGURATION_DIRECTORY = `${HYSDS_ROOT}/etc`;
export const PROBES_DIRECTORY = `${HYSDS_ROOT}/probes`;
/** Docker client configuration: which credential helper opens the image registry. */
export const REGISTRY_DIRECTORY = `${HYSDS_ROOT}/registry`;
/** What opens the object store: for AWS clients in workers and in jobs. */
export const OBJECT_STORE_DIRECTORY = `${HYSDS_ROOT}/object-store`;
export const HYSDS_CHECKOUT = `${HYSDS_ROOT}/hysds`;
export const SCRIPTS_DIRECTORY = `${HYSDS_CHECKOUT}/scripts`;
export const SUPERVISORD_CONF = `${CONFIGURATION_DIRECTORY}/supervisord.conf`;
export const BACKUPS_DIRECTORY = `${HYSDS_ROOT}/backups`;
export const BOOTSTRAP_DIRECTORY = `${HYSDS_ROOT}/bootstrap`;

/** User of every HySDS image, and owner of every volume. */
export const HYSDS_UID = 1000;
export const HOME_DIRECTORY = "/home/ops";
export const WORK_DIRECTORY = "/data/work";
/** What HySDS mounts into every job's container: hysds/containers/base.py, which makes none of them. */
export const JOB_DIRECTORIES = ["jobs", "tasks", "workers", "cache"].map(
    (name) => `${WORK_DIRECTORY}/${name}`,
);
/** XDG_RUNTIME_DIR, where the container engine of a job worker listens. */
export const RUNTIME_DIRECTORY = `/run/user/${HYSDS_UID}`;
/** One file per Celery process of the pod, touched at each heartbeat; see probes/worker_heartbeat.py. */
export const HEARTBEAT_DIRECTORY = "/tmp/heartbeats";

/** Where Logstash remembers what it has read. */
export const LOGSTASH_DATA = "/usr/share/logstash/data";

/** The path at which the process that reads a configuration file looks for it. */
export const FILE_PATHS: Readonly<Record<ConfigurationFile, string>> = {
    "celeryconfig.py": `${CONFIGURATION_DIRECTORY}/celeryconfig.py`,
    "datasets.json": `${CONFIGURATION_DIRECTORY}/datasets.json`,
    // Copied to `~/.netrc-os` with the mode that its readers insist on; see template.ts.
    "netrc-os": `${CONFIGURATION_DIRECTORY}/netrc-os`,
    // NETRC names it; see ../catalog/mozart.ts.
    netrc: `${CONFIGURATION_DIRECTORY}/netrc`,
    "orchestrator_jobs.json": `${CONFIGURATION_DIRECTORY}/orchestrator_jobs.json`,
    "orchestrator_datasets.json": `${CONFIGURATION_DIRECTORY}/orchestrator_datasets.json`,
    // Flask applications read settings.cfg beside their package: app.config.from_pyfile("../settings.cfg").
    "mozart/settings.cfg": `${HYSDS_ROOT}/mozart/settings.cfg`,
    "grq2/settings.cfg": `${HYSDS_ROOT}/grq2/settings.cfg`,
    "pele/settings.cfg": `${HYSDS_ROOT}/pele/settings.cfg`,
    "logstash/mozart.conf": "/usr/share/logstash/pipeline/hysds.conf",
    "logstash/metrics.conf": "/usr/share/logstash/pipeline/hysds.conf",
    "logstash/sdswatch.conf": "/usr/share/logstash/pipeline/hysds.conf",
    "logstash/logstash.yml": "/usr/share/logstash/config/logstash.yml",
    "kibana.yml": "/usr/share/kibana/config/kibana.yml",
    "opensearch_dashboards.yml":
        "/usr/share/opensearch-dashboards/config/opensearch_dashboards.yml",
    // The image's entrypoint makes nginx.conf of it.
    "hysds-ui/nginx.conf": "/etc/nginx/templates/nginx.conf.template",
    "hysds-ui/search.js": "/etc/nginx/search.js",
};

/** Working directory of a HySDS application's checkout. */
export function checkout(application: "mozart" | "grq2" | "pele"): string {
    return `${HYSDS_ROOT}/${application}`;
}
