import { BatchV1Api, V1CronJob } from "@kubernetes/client-node";
import { BACKUP_STORE_LABEL, restoringCronJob, takingCronJob } from "../../contract/backups";
import { OperationsError } from "../errors";
import { Installation } from "../installation";

/** The CronJobs of one store. */
export interface BackupStore {
    readonly name: string;
    /** Absent where the store takes its backups by itself, as ElastiCache does. */
    readonly take?: V1CronJob;
    /** The template of restores. */
    readonly restore: V1CronJob;
}

/**
 * The stores that the installation backs up, by name.
 *
 * @throws OperationsError when it backs up none
 */
export async function backupStores(installation: Installation): Promise<BackupStore[]> {
    const api = installation.kubernetes.makeApiClient(BatchV1Api);
    const { items } = await api.listNamespacedCronJob({
        namespace: installation.namespaces.services,
        labelSelector: BACKUP_STORE_LABEL,
    });
    const names = new Set(
        items.map(({ metadata }) => metadata?.labels?.[BACKUP_STORE_LABEL] ?? ""),
    );
    if (names.size === 0) {
        throw new OperationsError(
            `${installation.name} takes no backups: pulumi config set hysds:backups true, then pulumi up`,
        );
    }
    const named = (name: string): V1CronJob | undefined =>
        items.find(({ metadata }) => metadata?.name === name);
    return [...names].sort().flatMap((name) => {
        const take = named(takingCronJob(name));
        const restore = named(restoringCronJob(name)) ?? take;
        return restore ? [{ name, restore, ...(take ? { take } : {}) }] : [];
    });
}

/**
 * The store of this name.
 *
 * @throws OperationsError when there is none
 */
export function storeNamed(stores: readonly BackupStore[], name: string): BackupStore {
    const found = stores.find((store) => store.name === name);
    if (!found) {
        const names = stores.map((store) => store.name).join(", ");
        throw new OperationsError(`there is no store ${name}: ${names}`, { exitCode: 2 });
    }
    return found;
}
