import { Command } from "commander";
import { CommandContext } from "./context";
import { OperationsError } from "./errors";
import { Installation } from "./installation";
import { renderTable, TableSection } from "./output";

/** Options of a command that destroys something. */
export interface DestructiveOptions {
    readonly yes?: boolean;
    readonly really?: boolean;
}

/** What a command is about to destroy. */
export interface Loss {
    /** Such as `Resetting mozart`. */
    readonly action: string;
    /** What is lost, with counts. */
    readonly losses: TableSection;
}

/** Adds `--yes` and `--really` to a command that destroys something. */
export function destructive(command: Command): Command {
    return command
        .option("--yes", "do not ask")
        .option("--really", "also in an installation that is prod or protected");
}

/**
 * Shows what will be lost and asks, unless told not to.
 *
 * @throws OperationsError where the installation is prod or protected and `--really` was not given, and when the
 * answer is no
 */
export async function permitLoss(
    context: CommandContext,
    installation: Installation,
    { action, losses }: Loss,
    { yes, really }: DestructiveOptions,
): Promise<void> {
    context.stderr.write(`${action} in ${installation.name} loses:\n${renderTable(losses)}\n`);
    const guarded = installation.environment === "prod" || installation.protected;
    if (guarded && !really) {
        const why = installation.environment === "prod" ? "prod" : "protected";
        throw new OperationsError(
            `${installation.name} is ${why}, so nothing was done: say --really if that is what you want`,
        );
    }
    if (!yes && !(await context.confirm(`${action} in ${installation.name}?`))) {
        throw new OperationsError("nothing was done");
    }
}
