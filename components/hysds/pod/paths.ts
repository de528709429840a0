import { JOB_DIRECTORY_NAMES } from "../../../contract/worker";

/** Where HySDS images keep code and read configuration. images/ builds them so; the root file system is read-only. */
export const HYSDS_ROOT = "/opt/hysds";

/** Mounted configuration. Not below `/etc` or `/usr`: HySDS refuses to mount those into job containers. */
export const CONFIGURATION_DIRECTORY = `${HYSDS_ROOT}/etc`;
export const PROBES_DIRECTORY = `${HYSDS_ROOT}/probes`;
/** Docker client configuration: which credential helper opens the image registry. */
export const REGISTRY_DIRECTORY = `${HYSDS_ROOT}/registry`;
/** What opens the object store: for AWS clients in workers and in jobs. */
export const OBJECT_STORE_DIRECTORY = `${HYSDS_ROOT}/object-store`;
/** What jobs act as the identity of their pod by. */
export const IDENTITY_DIRECTORY = `${HYSDS_ROOT}/identity`;
/** What goes before the container engine's own client. */
export const ENGINE_CLIENT_DIRECTORY = `${HYSDS_ROOT}/engine-client`;
export const HYSDS_CHECKOUT = `${HYSDS_ROOT}/hysds`;
export const SCRIPTS_DIRECTORY = `${HYSDS_CHECKOUT}/scripts`;
export const SUPERVISORD_CONF = `${CONFIGURATION_DIRECTORY}/supervisord.conf`;
export const BACKUPS_DIRECTORY = `${HYSDS_ROOT}/backups`;
export const BOOTSTRAP_DIRECTORY = `${HYSDS_ROOT}/bootstrap`;

/** User of every HySDS image, and owner of every volume. */
export const HYSDS_UID = 1000;
export const HOME_DIRECTORY = "/home/ops";
/** Where AWS clients look by themselves, and what job specifications of HySDS projects import into their containers. */
export const AWS_DIRECTORY = `${HOME_DIRECTORY}/.aws`;
export const WORK_DIRECTORY = "/data/work";
/** What HySDS mounts into every job's container, and makes none of. */
export const JOB_DIRECTORIES = JOB_DIRECTORY_NAMES.map((name) => `${WORK_DIRECTORY}/${name}`);
/** XDG_RUNTIME_DIR, where the container engine of a job worker listens. */
export const RUNTIME_DIRECTORY = `/run/user/${HYSDS_UID}`;
/** One file per Celery process of the pod, touched at each heartbeat; see probes/worker_heartbeat.py. */
export const HEARTBEAT_DIRECTORY = "/tmp/heartbeats";

/** Where Logstash remembers what it has read. */
export const LOGSTASH_DATA = "/usr/share/logstash/data";

/** Working directory of a HySDS application's checkout. */
export function checkout(application: string): string {
    return `${HYSDS_ROOT}/${application}`;
}
