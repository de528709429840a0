import { Command } from "commander";
import { runBackupJob } from "../backups/backup-run";
import { BackupStore, backupStores, storeNamed } from "../backups/backup-stores";
import { CommandContext } from "../context";
import { EXIT, oneLine, OperationsError } from "../errors";
import { Installation } from "../installation";

interface Taken {
    readonly taken: string;
    readonly removed: readonly string[];
}

interface Listed {
    readonly backups: readonly {
        readonly name: string;
        readonly time: string;
        readonly state: string;
        readonly bytes?: number;
        readonly indices?: number;
    }[];
}

const BY_ITSELF = "ElastiCache: aws elasticache create-snapshot, see docs/backups.md";

/** `hysds-ops backup`: takes backups now, and lists those there are. */
export function backupCommand(context: CommandContext): Command {
    const command = new Command("backup")
        .description("takes backups of stores now, of all that the stack backs up by default")
        .argument("[store...]", "rabbitmq, redis, search, ...")
        .action((names: readonly string[]) => takeBackups(context, names));
    command
        .command("list")
        .description("names the backups there are")
        .argument("[store...]", "rabbitmq, redis, search, ...")
        .action((names: readonly string[]) => listBackups(context, names));
    return command;
}

async function takeBackups(context: CommandContext, names: readonly string[]): Promise<void> {
    const installation = await context.open();
    const stores = await wanted(installation, names);
    const results: {
        store: string;
        backup?: string;
        removed?: readonly string[];
        error?: string;
    }[] = [];
    for (const { name, take } of stores) {
        if (!take) {
            throw new OperationsError(`${name} takes its backups by itself (${BY_ITSELF})`);
        }
        context.stderr.write(`${name} ...\n`);
        try {
            const run = { cronJob: take, args: ["take"] };
            const { taken, removed } = await runBackupJob<Taken>(installation, run, context.signal);
            results.push({ store: name, backup: taken, removed });
        } catch (failure) {
            results.push({ store: name, error: oneLine(failure) });
            context.exitWith(EXIT.no);
            if (context.signal.aborted) {
                break;
            }
        }
    }
    context.print({
        json: results,
        sections: [
            {
                head: ["store", "backup", "removed"],
                rows: results.map(({ store, backup, removed, error }) => [
                    store,
                    backup ?? `failed: ${error}`,
                    removed?.length ?? 0,
                ]),
            },
        ],
    });
}

async function listBackups(context: CommandContext, names: readonly string[]): Promise<void> {
    const installation = await context.open();
    const stores = await wanted(installation, names);
    const found = await Promise.all(
        stores.map(async ({ name, take }) => {
            if (!take) {
                return { store: name, backups: [] };
            }
            const run = { cronJob: take, args: ["list"] };
            const listed = await runBackupJob<Listed>(installation, run, context.signal);
            return { store: name, ...listed };
        }),
    );
    const rows = found.flatMap(({ store, backups }) =>
        backups.map(({ name, time, state, bytes, indices }) => [
            store,
            name,
            time,
            state,
            bytes === undefined ? `${indices ?? 0} indices` : `${bytes} bytes`,
        ]),
    );
    context.print({
        json: found,
        sections: [{ head: ["store", "backup", "time", "state", "size"], rows }],
    });
}

/** The stores of these names; without a name all that are backed up by a Job. */
async function wanted(
    installation: Installation,
    names: readonly string[],
): Promise<readonly BackupStore[]> {
    const stores = await backupStores(installation);
    return names.length === 0
        ? stores.filter(({ take }) => take !== undefined)
        : names.map((name) => storeNamed(stores, name));
}
