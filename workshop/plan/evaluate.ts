import * as crypto from "node:crypto";
import * as path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { register } from "tsx/cjs/api";
import { Evaluation } from "./evaluation";
import { recordRegistrations } from "./recorder";
import { clusterThatRuns } from "./running-cluster";
import { simulatedProviders } from "./simulated-outputs";
import { Overrides, readStackConfiguration, StackConfiguration } from "./stack-configuration";

const PROJECT_DIRECTORY = path.resolve(__dirname, "../..");

let previous: Promise<unknown> = Promise.resolve();

/**
 * Runs the program of this project for one stack with Node.js alone, no engine and no provider, and returns every
 * resource it registers. What providers would answer is simulated just far enough for the program to run to its end.
 *
 * May be called any number of times in one process; runs are done one after the other, since the Pulumi SDK has one
 * state a process.
 *
 * @param overrides configuration values by key, over those of `Pulumi.<stack>.yaml`.
 * @throws whatever the program throws, such as pulumi.RunError for invalid configuration.
 */
export function evaluateStack(stack: string, overrides: Overrides = {}): Promise<Evaluation> {
    return evaluateProject(PROJECT_DIRECTORY, stack, overrides);
}

/** The same for the Pulumi project in `directory`. */
export function evaluateProject(
    directory: string,
    stack: string,
    overrides: Overrides = {},
): Promise<Evaluation> {
    const run = previous.then(() =>
        evaluate(stack, readStackConfiguration(directory, stack, overrides)),
    );
    previous = run.catch(() => undefined);
    return run;
}

async function evaluate(stack: string, configuration: StackConfiguration): Promise<Evaluation> {
    const { project, values, secretKeys } = configuration;
    const providers = simulatedProviders(clusterThatRuns(stack, configuration));
    await pulumi.runtime.setMocks(providers, project, stack, false, "organization");
    pulumi.runtime.setAllConfig(values, secretKeys);
    const { resources, registeredOutputs } = recordRegistrations();
    await runProgram(configuration.program);
    assertUnique(resources.map((resource) => resource.urn));
    const outputs = registeredOutputs.get(resources[0]?.urn ?? "") ?? {};
    return { project, stack, resources, outputs };
}

/**
 * Runs the program until nothing it registered is under way any more, or until the first failure: what waits for a
 * resource whose inputs failed waits for ever. Its modules are loaded afresh, so that no state of an earlier run is seen.
 */
async function runProgram(program: string): Promise<void> {
    let onFailure!: (failure: unknown) => void;
    const failed = new Promise<never>((_, reject) => {
        onFailure = reject;
    });
    process.on("unhandledRejection", onFailure);
    const loader = register({ namespace: crypto.randomUUID() });
    // The SDK takes a stack trace at every promise. Ten frames each, looked up in the loader's source maps, cost more
    // than everything else that an evaluation does.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 1;
    process.setSourceMapsEnabled(false);
    try {
        const load = () => loader.require(program, __filename) as () => unknown;
        await Promise.race([failed, runInStack(load, onFailure)]);
    } finally {
        process.setSourceMapsEnabled(true);
        Error.stackTraceLimit = stackTraceLimit;
        loader.unregister();
        await nextTurn();
        process.off("unhandledRejection", onFailure);
    }
}

/**
 * The program's own failure goes to `onFailure` rather than through the stack resource, whose promises nobody could
 * then catch.
 */
async function runInStack(
    load: () => () => unknown,
    onFailure: (failure: unknown) => void,
): Promise<void> {
    await pulumi.runtime.runInPulumiStack(async () => {
        try {
            return await load()();
        } catch (failure) {
            onFailure(failure);
            return {};
        }
    });
    await pulumi.runtime.disconnect();
    // Node.js tells of rejected promises that nobody handles, as of an apply that throws, once these are settled.
    await nextTurn();
}

function assertUnique(urns: string[]): void {
    const repeated = urns.find((urn, index) => urns.indexOf(urn) !== index);
    if (repeated) {
        throw new Error(`Duplicate resource URN '${repeated}'; try giving it a unique name`);
    }
}
