import { Command } from "commander";
import { runBackupJob } from "../backups/backup-run";
import { BackupStore, backupStores, storeNamed } from "../backups/backup-stores";
import { CommandContext } from "../context";
import { destructive, DestructiveOptions, permitLoss } from "../destructive";
import { EXIT, OperationsError } from "../errors";

interface RestoreOptions extends DestructiveOptions {
    readonly from?: string;
    readonly fromHost?: string;
    readonly indices?: string;
    readonly inPlace?: boolean;
}

interface Overwritten {
    readonly overwrites: readonly {
        readonly what: string;
        readonly now: string | number;
        readonly backup: string | number;
    }[];
}

interface Restored {
    readonly restored: readonly string[];
}

/** `hysds-ops restore`: puts a backup into its store. */
export function restoreCommand(context: CommandContext): Command {
    const command = new Command("restore")
        .description("puts a backup into its store; stop what writes to it first (hysds-ops stop)")
        .argument("<store>", "rabbitmq, redis, search, ... as hysds-ops backup list names them")
        .option("--from <backup>", "its name, as hysds-ops backup list has it")
        .option("--from-host <host>", "ElastiCache: a group that was made from a snapshot")
        .option(
            "--indices <patterns>",
            "search: which (default: all whose names begin with no dot)",
        )
        .option("--in-place", "search: over the indices there are, not into new restored-...");
    return destructive(command).action((name: string, options: RestoreOptions) =>
        restore(context, name, options),
    );
}

async function restore(
    context: CommandContext,
    name: string,
    options: RestoreOptions,
): Promise<void> {
    const installation = await context.open();
    const store = storeNamed(await backupStores(installation), name);
    const backup = backupName(store, options);
    const run = { cronJob: store.restore, args: scriptArgs(backup, options), backup };
    const trial = { ...run, args: [...run.args, "--dry-run"] };
    const { overwrites } = await runBackupJob<Overwritten>(installation, trial, context.signal);
    const losses = {
        head: ["what", "now", "in the backup"],
        rows: overwrites.map(({ what, now, backup: then }) => [what, now, then]),
    };
    const action = `Restoring ${name} from ${options.fromHost ?? backup}`;
    await permitLoss(context, installation, { action, losses }, options);
    const { restored } = await runBackupJob<Restored>(installation, run, context.signal);
    context.print({
        json: { store: name, backup, restored },
        sections: [{ head: ["restored"], rows: restored.map((line) => [line]) }],
    });
}

/** @throws OperationsError when it was not said what to restore from */
function backupName(store: BackupStore, { from, fromHost }: RestoreOptions): string {
    if (store.take ? from : fromHost) {
        return from ?? "snapshot";
    }
    const missing = store.take
        ? "--from <backup>: hysds-ops backup list names them"
        : "--from-host <host>: ElastiCache reads a snapshot into a new group only, see docs/backups.md";
    throw new OperationsError(`say ${missing}`, { exitCode: EXIT.usage });
}

function scriptArgs(backup: string, options: RestoreOptions): string[] {
    const { fromHost, indices, inPlace } = options;
    return [
        "restore",
        backup,
        ...(fromHost ? ["--from-host", fromHost] : []),
        // As one word: patterns may begin with a hyphen.
        ...(indices ? [`--indices=${indices}`] : []),
        ...(inPlace ? ["--in-place"] : []),
    ];
}
