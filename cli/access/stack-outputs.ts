import { z } from "zod";
import { oneLine, OperationsError } from "../errors";
import { PulumiProject } from "./pulumi-project";
import { stackWorkspace } from "./stack-workspace";

/** What of a stack's outputs leads to its installation. */
export interface StackAccess {
    /** Empty where the stack uses a cluster that was there. */
    readonly kubeconfig: string;
    readonly namespace: string;
}

const outputsSchema = z.object({
    kubeconfig: z.object({ value: z.string() }),
    namespaces: z.object({ value: z.object({ services: z.string() }) }),
});

/**
 * Reads a stack's outputs through the Pulumi CLI: with the login, the backend and the passphrase of this shell; the
 * local stack of `npm start` with its own.
 *
 * @throws OperationsError when the stack cannot be read, or was never brought up
 */
export async function readStackAccess(project: PulumiProject, stack: string): Promise<StackAccess> {
    const parsed = outputsSchema.safeParse(await readOutputs(project, stack));
    if (!parsed.success) {
        throw new OperationsError(`stack ${stack} was never brought up: run "pulumi up"`);
    }
    const { kubeconfig, namespaces } = parsed.data;
    return { kubeconfig: kubeconfig.value, namespace: namespaces.value.services };
}

async function readOutputs(project: PulumiProject, stack: string): Promise<unknown> {
    const workspace = await stackWorkspace(project, stack);
    const { LocalWorkspace } = await import("@pulumi/pulumi/automation/index.js");
    try {
        return await (await LocalWorkspace.create(workspace)).stackOutputs(stack);
    } catch (failure) {
        throw new OperationsError(
            `stack ${stack} cannot be read (${lastLine(failure)}): see "pulumi stack ls", and "pulumi login" where your team keeps it`,
            { cause: failure },
        );
    }
}

/** The Automation API's messages hold all that the CLI said; its error comes last. */
function lastLine(failure: unknown): string {
    const text = failure instanceof Error ? failure.message : String(failure);
    const errors = text.split("\n").filter((line) => line.includes("error:"));
    return errors.at(-1)?.replace(/^.*error:\s*/, "") ?? oneLine(failure);
}
