import { Command } from "commander";
import { CommandContext } from "../context";
import { destructive, DestructiveOptions, permitLoss } from "../destructive";
import { runBootstrap } from "../reset/bootstrap-job";
import { reset } from "../reset/reset";
import { losses, planReset } from "../reset/reset-plan";
import { chosen, componentArgument, ComponentChoice } from "../workloads/components";

/** `hysds-ops reset`: a component as on its first day. */
export function resetCommand(context: CommandContext): Command {
    return destructive(
        new Command("reset")
            .description("purges queues, flushes Redis, deletes indices and makes them anew")
            .addArgument(componentArgument()),
    ).action((choice: ComponentChoice, options: DestructiveOptions) =>
        resetComponents(context, choice, options),
    );
}

async function resetComponents(
    context: CommandContext,
    choice: ComponentChoice,
    options: DestructiveOptions,
): Promise<void> {
    const installation = await context.open();
    const components = chosen(choice);
    const plan = await planReset(installation, components);
    const loss = { action: `Resetting ${choice}`, losses: losses(plan) };
    await permitLoss(context, installation, loss, options);
    await reset(context, installation, components, plan);
    context.print({
        json: {
            queues: plan.queues.map(({ name }) => name),
            redis: plan.redis.map(({ store }) => store),
            indices: plan.indices.map(({ name }) => name),
        },
        sections: [`${choice} is as on its first day: "hysds-ops status" shows it starting.`],
    });
}

/** `hysds-ops bootstrap`: indices and templates that are missing, without losing any. */
export function bootstrapCommand(context: CommandContext): Command {
    return new Command("bootstrap")
        .description("makes the indices, templates and policies that are missing; deletes nothing")
        .action(async () => {
            await runBootstrap(await context.open(), context.signal);
            context.print({
                json: { done: true },
                sections: ["The search clusters are prepared."],
            });
        });
}
