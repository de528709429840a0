/** What a job worker makes in its home by itself when it starts. */
export const OWN_HOME_FILES = [".netrc-os"] as const;

/** What HySDS keeps below a job worker's root work directory, and mounts into every job: hysds/containers/base.py. */
export const JOB_DIRECTORY_NAMES = ["jobs", "tasks", "workers", "cache"] as const;
