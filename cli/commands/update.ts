import { Argument, Command } from "commander";
import { CommandContext } from "../context";
import { EXIT, OperationsError, oneLine } from "../errors";
import { renderTable } from "../output";
import { imageChanges, SettingChange, UPDATABLE, WantedImage } from "../update/image-changes";
import { ManagedStack } from "../update/managed-stack";

interface UpdateOptions {
    readonly tag?: string;
    readonly image?: string;
    readonly yes?: boolean;
}

/** Opens the stack of an installation. */
export type StackOpener = (name: string) => Promise<ManagedStack>;

/** `hysds-ops update`: other images of a component by the stack's settings, and back when the rollout fails. */
export function updateCommand(context: CommandContext, open: StackOpener): Command {
    const component = new Argument(
        "<component>",
        `${UPDATABLE.join(", ")}, or a worker pool of hysds:workers`,
    );
    return new Command("update")
        .description("runs other images: settings, pulumi up, and back when the rollout fails")
        .addArgument(component)
        .option("--tag <tag>", "tag to run")
        .option("--image <reference>", "full reference to run, for digests and other registries")
        .option("--yes", "do not ask")
        .action((name: string, options: UpdateOptions) => update(context, open, name, options));
}

function wantedImage({ tag, image }: UpdateOptions): WantedImage {
    if ((tag === undefined) === (image === undefined)) {
        throw new OperationsError("say either --tag or --image", { exitCode: EXIT.usage });
    }
    return image === undefined ? { tag: tag ?? "" } : { image };
}

async function update(
    context: CommandContext,
    open: StackOpener,
    component: string,
    options: UpdateOptions,
): Promise<void> {
    const wanted = wantedImage(options);
    const { name } = await context.open();
    const stack = await open(name);
    const changes = imageChanges(component, wanted, await stack.configuration());
    if (changes.length === 0) {
        report(context, changes, `${component} runs it already.`);
        return;
    }
    context.stderr.write(`${renderTable(differences(changes))}\n`);
    await stack.configure(changes);
    if (!(await isApproved(context, stack, changes, options))) {
        await stack.configure(reversed(changes));
        throw new OperationsError("nothing was done");
    }
    await upOrBack(context, stack, changes);
    report(context, changes, `Updated ${component}. Commit Pulumi.${name}.yaml.`);
}

/** Shows what the engine would do, and asks. Settings go back when that fails. */
async function isApproved(
    context: CommandContext,
    stack: ManagedStack,
    changes: readonly SettingChange[],
    { yes }: UpdateOptions,
): Promise<boolean> {
    try {
        context.stderr.write(`${await stack.preview()}\n`);
        return yes === true || (await context.confirm("Update?"));
    } catch (failure) {
        await stack.configure(reversed(changes));
        throw new OperationsError(`nothing was done: ${oneLine(failure)}`, { cause: failure });
    }
}

async function upOrBack(
    context: CommandContext,
    stack: ManagedStack,
    changes: readonly SettingChange[],
): Promise<void> {
    try {
        await stack.up();
        return;
    } catch (failure) {
        context.stderr.write(`The rollout failed: ${oneLine(failure)}\nGoing back.\n`);
        await stack.configure(reversed(changes));
        try {
            await stack.up();
        } catch (again) {
            throw new OperationsError(
                `the settings are what they were, the workloads are not (${oneLine(again)}): run "pulumi up"`,
                { cause: again },
            );
        }
        throw new OperationsError("the rollout failed, and everything is as it was: see above", {
            cause: failure,
        });
    }
}

/** The changes that undo changes, the last one first. */
function reversed(changes: readonly SettingChange[]): SettingChange[] {
    return changes
        .map(({ path, before, after }) => ({
            path,
            ...(after === undefined ? {} : { before: after }),
            ...(before === undefined ? {} : { after: before }),
        }))
        .reverse();
}

function differences(changes: readonly SettingChange[]) {
    return {
        head: ["setting", "before", "after"],
        rows: changes.map(({ path, before = "(none)", after = "(none)" }) => [path, before, after]),
    };
}

function report(
    context: CommandContext,
    changes: readonly SettingChange[],
    sentence: string,
): void {
    context.print({ json: changes, sections: [sentence] });
}
