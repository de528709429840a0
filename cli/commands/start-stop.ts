import { Command } from "commander";
import { CommandContext } from "../context";
import { Installation } from "../installation";
import { chosen, Component, componentArgument, ComponentChoice } from "../workloads/components";
import { startComponents, stopComponents } from "../workloads/component-scaling";
import { Scaled } from "../workloads/scaling";

/** `hysds-ops start`: gives a stopped component its pods back. */
export function startCommand(context: CommandContext): Command {
    return new Command("start")
        .description("starts a component, with as many pods as it had")
        .addArgument(componentArgument())
        .action((choice: ComponentChoice) => scale(context, choice, startComponents));
}

/** `hysds-ops stop`: takes the pods of a component away. */
export function stopCommand(context: CommandContext): Command {
    return new Command("stop")
        .description(
            "stops a component: workers end after their tasks, stores and queues keep what they have",
        )
        .addArgument(componentArgument())
        .action((choice: ComponentChoice) => scale(context, choice, stopComponents));
}

async function scale(
    context: CommandContext,
    choice: ComponentChoice,
    work: (installation: Installation, components: readonly Component[]) => Promise<Scaled[]>,
): Promise<void> {
    const done = await work(await context.open(), chosen(choice));
    if (done.length === 0) {
        context.print({ json: [], sections: [`Nothing to do: ${choice} is so already.`] });
        return;
    }
    context.print({
        json: done,
        sections: [
            {
                head: ["namespace", "workload", "pods", ""],
                rows: done.map(({ namespace, workload, from, to, by }) => [
                    namespace,
                    workload,
                    `${from} -> ${to}`,
                    by === "keda" ? "by KEDA" : "",
                ]),
            },
        ],
    });
}
