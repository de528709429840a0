import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { criticalPath } from "../plan/critical-path";
import { Overrides, readStackConfiguration, StackConfiguration } from "../plan/stack-configuration";
import { Engine } from "./engine";

const PROJECT = path.resolve(__dirname, "../..");

/** A program and what it is configured with. */
export interface Program {
    readonly directory: string;
    readonly stack: string;
    readonly overrides?: Overrides;
}

/** What a process used and registered. */
export interface Measurement {
    readonly cpuSeconds: number;
    readonly resources: number;
    /** Resources that must be created one after the other. */
    readonly longestChain: number;
}

/** How a process is made to read TypeScript. */
export interface Loader {
    readonly nodeArguments: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
}

/** What Pulumi.yaml asks Pulumi's language host for. */
export const PULUMI: Loader = {
    nodeArguments: [],
    environment: {
        PULUMI_NODEJS_TYPESCRIPT: "true",
        PULUMI_NODEJS_TSCONFIG_PATH: path.join(PROJECT, "tsconfig.pulumi.json"),
    },
};

export const TSX: Loader = {
    nodeArguments: ["--import", "tsx"],
    environment: { PULUMI_NODEJS_TYPESCRIPT: "false" },
};

/**
 * Runs a program once, in a process of its own, by the runner of Pulumi's Node.js SDK as the language host starts it.
 *
 * @throws Error when the program fails.
 */
export async function run(program: Program, loader: Loader): Promise<Measurement> {
    const { directory, stack, overrides } = program;
    const configuration = readStackConfiguration(directory, stack, overrides);
    const engine = await Engine.start(configuration, stack);
    const child = spawn(
        process.execPath,
        [
            ...["--require", path.join(__dirname, "cpu-at-exit.js"), ...loader.nodeArguments],
            require.resolve("@pulumi/pulumi/cmd/run"),
            ...runnerArguments(program, configuration, engine.address),
        ],
        {
            cwd: directory,
            stdio: ["ignore", "ignore", "inherit", "pipe"],
            env: { ...process.env, ...environment(configuration), ...loader.environment },
        },
    );
    const exited = once(child, "exit");
    const usage = (await json(child.stdio[3] as Readable)) as NodeJS.CpuUsage;
    await exited;
    engine.stop();
    if (child.exitCode !== 0) {
        throw new Error(`Stack ${stack} could not be evaluated.`);
    }
    return {
        cpuSeconds: (usage.user + usage.system) / 1e6,
        resources: engine.resources.length,
        longestChain: criticalPath(engine.resources).resources.length,
    };
}

function runnerArguments(
    { directory, stack }: Program,
    { project, program }: StackConfiguration,
    address: string,
): string[] {
    return [
        ...["--monitor", address, "--engine", address, "--organization", "organization"],
        ...["--project", project, "--stack", stack, "--root-directory", directory],
        ...["--pwd", directory, "--parallel", "16", program],
    ];
}

function environment({ values, secretKeys }: StackConfiguration): Record<string, string> {
    const configuration = Object.entries(values).map(([key, value]) => {
        const [namespace, name] = key.split(/:(?:config:)?(.*)/s);
        return [`${namespace}:config:${name}`, value];
    });
    return {
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(configuration)),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
    };
}
