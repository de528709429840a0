import type { Values } from "./schema";

/** Whether, when and for how long backups of the stores are taken. */
export type BackupSettings =
    | { readonly kind: "none" }
    | {
          readonly kind: "scheduled";
          /** Cron, five fields, UTC. */
          readonly schedule: string;
          readonly retentionDays: number;
          /** Volume of a store's backups where there is no S3, GiB. */
          readonly storageGiB: number;
      };

/** Backups as the keys ask for them. */
export function backupSettings(values: Values): BackupSettings {
    return values.backups
        ? {
              kind: "scheduled",
              schedule: values.backupSchedule,
              retentionDays: values.backupRetentionDays,
              storageGiB: values.backupStorageGiB,
          }
        : { kind: "none" };
}
