import { CliContext, runPulumi } from "../../engine/cli";
import { pendingOperations } from "../../engine/installation/stack-state";

/**
 * Asks the cluster what became of the operations that an update was at when it was killed, so that the next update
 * knows what there is. Says in one line that it did.
 */
export async function settlePendingOperations(cli: CliContext, stack: string): Promise<void> {
    const count = pendingOperations(cli.workspace.dir, stack);
    if (count > 0) {
        console.log(`Healed: a refresh settles what a killed update was at (operations: ${count})`);
        await runPulumi(cli, [
            "refresh",
            "--yes",
            "--skip-preview",
            "--clear-pending-creates",
            "--stack",
            stack,
        ]);
    }
}
