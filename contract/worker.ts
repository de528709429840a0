/** What a job worker makes in its home by itself when it starts. */
export const OWN_HOME_FILES = [".netrc-os"] as const;

/** What HySDS keeps below a job worker's root work directory, and mounts into every job: hysds/containers/base.py. */
export const JOB_DIRECTORY_NAMES = ["jobs", "tasks", "workers", "cache"] as const;

/**
 * Where no file that a job imports may lie, by its beginning: HySDS fails the job. Kubernetes' own files make an
 * exception of /etc: hysds/containers/base.py, create_container_params.
 */
export const REFUSED_MOUNTS = ["/dev", "/etc", "/lib", "/proc", "/usr", "/var"] as const;
