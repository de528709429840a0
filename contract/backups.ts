/** Label of the CronJobs that the stack makes for each store: the store's name. */
export const BACKUP_STORE_LABEL = "hysds.io/backup-store";

/** The container whose arguments say what to do with the backups. */
export const SCRIPT_CONTAINER = "backup";

/** The init container that brings a dump to the server that reads it; its last argument is the backup's name. */
export const FETCH_CONTAINER = "fetch";

/** The CronJob that takes a store's backups; absent where the store takes them by itself. */
export function takingCronJob(store: string): string {
    return `backup-${store}`;
}

/** The suspended CronJob that is the template of a store's restores; absent where that of taking is it. */
export function restoringCronJob(store: string): string {
    return `restore-${store}`;
}
