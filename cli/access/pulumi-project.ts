import type { V1Deployment } from "@kubernetes/client-node";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { OperationsError } from "../errors";

/** The program that stacks are of, and the Pulumi CLI that runs it. */
export interface PulumiProject {
    /** The folder of Pulumi.yaml, or one below it. */
    readonly directory: string;
    /** The folder whose `bin` holds the Pulumi CLI; that of the PATH without one. */
    cliRoot?(): Promise<string>;
    /** The Deployments of a stack, from its settings alone; absent where nothing here can tell. */
    readonly deployments?: (stack: string) => Promise<readonly V1Deployment[]>;
}

/** What an installed `hysds-ops` works with: the project of the folder that it is called in. */
export function projectOfFolder(): PulumiProject {
    return { directory: process.cwd() };
}

/**
 * The Pulumi CLI of a project, as the Automation API takes it.
 *
 * @throws OperationsError when there is none
 */
export async function pulumiCommand(project: PulumiProject): Promise<PulumiCommand> {
    const root = await project.cliRoot?.();
    // It takes seconds to load.
    const automation = await import("@pulumi/pulumi/automation/index.js");
    const found = automation.PulumiCommand.get(root === undefined ? {} : { root });
    return found.catch((failure: unknown) => {
        throw new OperationsError(
            "the Pulumi CLI is not on the PATH, and --stack and update need it: https://www.pulumi.com/docs/install/",
            { cause: failure },
        );
    });
}
