import { setTimeout } from "node:timers/promises";
import { Argument, Command } from "commander";
import { CommandContext } from "../context";
import { EXIT } from "../errors";
import { Answer } from "../output";
import { status, StatusRow } from "../status/status";
import { HYSDS_COMPONENTS } from "../../contract/labels";

const EVERY_SECONDS = 5;

/** Moves the cursor home and clears the screen: ECMA-48, CUP and ED. */
const CLEAR = "\u001b[H\u001b[2J";

/** `hysds-ops status`: pods, queues and stores in one table; ends with 1 when something is not as it should be. */
export function statusCommand(context: CommandContext): Command {
    return new Command("status")
        .description("shows pods, queues with depth and consumers, and the health of the stores")
        .addArgument(
            new Argument("[component]", "only this component").choices([
                ...HYSDS_COMPONENTS,
                "stores",
            ]),
        )
        .option("--watch", `again every ${EVERY_SECONDS} seconds, until Ctrl-C`)
        .action((component: string | undefined, { watch }: { readonly watch?: boolean }) =>
            watch ? watchStatus(context, component) : showStatus(context, component),
        );
}

async function showStatus(context: CommandContext, component?: string): Promise<void> {
    const rows = await status(await context.open(), component);
    context.print(answer(rows));
    context.exitWith(rows.every(({ healthy }) => healthy) ? EXIT.fine : EXIT.no);
}

async function watchStatus(context: CommandContext, component?: string): Promise<void> {
    const { signal } = context;
    while (!signal.aborted) {
        const rows = await status(await context.open(), component);
        if ("isTTY" in context.stdout && context.stdout.isTTY) {
            context.stdout.write(CLEAR);
        }
        context.print(answer(rows));
        await setTimeout(EVERY_SECONDS * 1000, undefined, { signal }).catch(() => undefined);
    }
}

function answer(rows: readonly StatusRow[]): Answer {
    const head = ["component", "what", "pods", "queue", "waiting", "running", "consumers", "state"];
    return {
        json: rows,
        sections: [
            {
                head,
                rows: rows.map((row) => [
                    row.component,
                    row.name,
                    row.pods ? `${row.pods.ready}/${row.pods.wanted}` : "",
                    row.queue ?? "",
                    row.waiting ?? "",
                    row.running ?? "",
                    row.consumers ?? "",
                    row.state,
                ]),
            },
        ],
    };
}
