import type { Stack } from "@pulumi/pulumi/automation";
import { PulumiProject } from "../access/pulumi-project";
import { stackWorkspace } from "../access/stack-workspace";
import { OperationsError, oneLine } from "../errors";
import { SettingChange, StackConfiguration } from "./image-changes";

/** A Pulumi stack that is changed by its settings. */
export interface ManagedStack {
    configuration(): Promise<StackConfiguration>;
    /** Makes changes of settings, in the stack's file. */
    configure(changes: readonly SettingChange[]): Promise<void>;
    /** What `pulumi up` would do, in the engine's words. */
    preview(): Promise<string>;
    /**
     * Does it, and waits until what changed is rolled out.
     *
     * @throws Error when it fails
     */
    up(): Promise<void>;
}

/**
 * The stack of a name, with the login, the backend and the passphrase of this shell; the local stack of `npm start`
 * with its own.
 *
 * @throws OperationsError when there is none
 */
export async function openStack(project: PulumiProject, name: string): Promise<ManagedStack> {
    const workspace = await stackWorkspace(project, name);
    const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
    try {
        const place = { stackName: name, workDir: workspace.workDir };
        const stack = await LocalWorkspace.selectStack(place, workspace);
        return new AutomatedStack(stack);
    } catch (failure) {
        throw new OperationsError(
            `stack ${name} cannot be changed from here (${oneLine(failure)}): see "pulumi stack ls"`,
            { cause: failure },
        );
    }
}

class AutomatedStack implements ManagedStack {
    constructor(private readonly stack: Stack) {}

    async configuration(): Promise<StackConfiguration> {
        const all = await this.stack.getAllConfig();
        return Object.fromEntries(Object.entries(all).map(([key, { value }]) => [key, value]));
    }

    async configure(changes: readonly SettingChange[]): Promise<void> {
        for (const { path, after } of changes) {
            if (after === undefined) {
                await this.stack.removeConfig(path, true);
            } else {
                await this.stack.setConfig(path, { value: after }, true);
            }
        }
    }

    async preview(): Promise<string> {
        const { stdout } = await this.stack.preview({ color: "never", diff: false });
        return stdout;
    }

    async up(): Promise<void> {
        await this.stack.up({ color: "never" });
    }
}
