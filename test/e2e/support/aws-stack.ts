import * as fs from "node:fs/promises";
import { inject } from "vitest";
import { AwsSimulation, startAwsSimulation } from "../../../workshop/aws-simulation";
import { AccountOptions } from "../../../workshop/aws-simulation/account";
import { StackUnderTest } from "./stack";

/** A stack on a simulated AWS account of its own. */
export interface AwsStack {
    readonly stack: StackUnderTest;
    readonly simulation: AwsSimulation;
    /** Forgets the stack and ends the account, whatever they still hold. */
    close(): Promise<void>;
}

/** What the stack files leave to the team: the simulated account is new. */
export const newAccount = { "hysds:searchCreateServiceLinkedRole": "true" };

/** The network that administers the cluster; ranges for documentation are refused in updates. */
const OPERATORS = { "hysds:publicAccessCidrs[0]": "1.2.3.0/24" };

/** An address in it. */
export const OPERATOR = "1.2.3.4";

/**
 * Opens an empty stack whose EKS cluster is the API server under test.
 *
 * @param callerAddress where the engine runs; inside of the VPC when it is left out
 * @param account what else is particular about the account
 */
export async function openAwsStack(
    name: string,
    config: Readonly<Record<string, string>> = {},
    callerAddress?: string,
    account: Partial<AccountOptions> = {},
): Promise<AwsStack> {
    const kubeconfig = await fs.readFile(inject("kubeconfig"), "utf8");
    const simulation = await startAwsSimulation({ kubeconfig, callerAddress, ...account });
    const stack = await StackUnderTest.open({
        name,
        config: { ...newAccount, ...OPERATORS, ...config },
        env: simulation.env,
    });
    const close = async (): Promise<void> => {
        await stack.dispose();
        await simulation.stop();
    };
    return { stack, simulation, close };
}
