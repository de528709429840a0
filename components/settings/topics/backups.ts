import { z } from "zod";
import { Fields, fields } from "../fields";
import { key, topicKeys } from "../key";
import { isCronSchedule } from "../limits/cron";
import type { Values } from "../schema";
import { ANY_IN_CLUSTER } from "./stores";

const BACKED_UP = { backups: true } as const;

/** Keys about backups of the stores. */
export const keys = topicKeys("Backups", {
    backups: key(z.boolean(), {
        default: true,
        description:
            "Take backups of the search indices, of RabbitMQ's definitions and of an in-cluster Redis. See docs/backups.md.",
    }),
    backupSchedule: key(z.string().refine(isCronSchedule), {
        default: "15 3 * * *",
        description: "When backups are taken, UTC.",
        allowed:
            "a cron schedule of five fields, in numbers: minute, hour, day, month, day of the week; ranges run upwards",
        requires: BACKED_UP,
    }),
    backupRetentionDays: key(z.int().min(1).max(365), {
        default: 7,
        description: "How long backups are kept, days; S3 keeps what was deleted so long again.",
        requires: BACKED_UP,
    }),
    backupStorageGiB: key(z.int().min(1).max(16384), {
        default: 10,
        description:
            "Volume for the backups of RabbitMQ and Redis, and of each in-cluster search node, GiB, where there is no S3.",
        requires: ANY_IN_CLUSTER.map((where) => ({ ...BACKED_UP, ...where })),
    }),
});

/** Whether, when (cron, UTC) and for how long backups of the stores are taken. */
export type BackupSettings =
    { readonly kind: "none" } | ({ readonly kind: "scheduled" } & Fields<"backup", typeof keys>);

/** Backups as their keys have them. */
export function backupSettings(values: Values): BackupSettings {
    return values.backups
        ? { kind: "scheduled", ...fields(values, "backup", keys) }
        : { kind: "none" };
}
