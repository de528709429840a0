import { z } from "zod";
import { key } from "./key";
import * as patterns from "./patterns";

/** Keys about backups of the stores. */
export const backupKeys = {
    backups: key(z.boolean(), {
        group: "Backups",
        default: true,
        description:
            "Take backups of the search indices, of RabbitMQ's definitions and of an in-cluster Redis. See docs/backups.md.",
    }),
    backupSchedule: key(z.string().regex(patterns.cronSchedule), {
        group: "Backups",
        default: "15 3 * * *",
        description: "When backups are taken, UTC.",
        allowed:
            "a cron schedule of five fields, in numbers: minute, hour, day, month, day of the week",
    }),
    backupRetentionDays: key(z.int().min(1).max(365), {
        group: "Backups",
        default: 7,
        description: "How long backups are kept, days; S3 keeps what was deleted so long again.",
    }),
    backupStorageGiB: key(z.int().min(1).max(16384), {
        group: "Backups",
        default: 10,
        description:
            "Volume for the backups of RabbitMQ and Redis, and of each in-cluster search node, GiB, where there is no S3.",
        scope: "in-cluster",
    }),
};
