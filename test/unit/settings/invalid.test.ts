import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { require as load } from "tsx/cjs/api";
import { beforeEach, describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../components/settings/configuration-error";
import { parseSettings } from "../../../components/settings/parse";
import { simulatedProviders } from "../../../workshop/plan/simulated-outputs";
import { readStackConfiguration } from "../../../workshop/plan/stack-configuration";
import {
    InvalidConfiguration,
    invalidConfigurations as table,
    qualified,
} from "./invalid-configurations";
import { commandsIn, errorOf, run, StackFile } from "./pulumi-config";

const root = path.resolve(__dirname, "../../..");
const existing = readStackConfiguration(root, "local");
const bases: Readonly<Record<InvalidConfiguration["on"], StackFile>> = {
    aws: { values: { "aws:region": "us-west-2" }, secretKeys: [] },
    existing,
};

function stackFile({ on, config }: InvalidConfiguration): StackFile {
    const set = Object.entries(config).map(([key, value]) => [qualified(key), value] as const);
    return { values: { ...bases[on].values, ...Object.fromEntries(set) }, secretKeys: [] };
}

/** Runs the commands of the messages until there is none any more. */
function corrected(file: StackFile, stack: string, rounds = 4): StackFile | undefined {
    const result = parseSettings(file.values, stack, file.secretKeys);
    if (!(result instanceof ConfigurationError)) {
        return file;
    }
    const commands = commandsIn(result.message);
    const next = commands.reduce((current, command) => run(command, current), file);
    return rounds > 0 ? corrected(next, stack, rounds - 1) : undefined;
}

describe("an invalid configuration", () => {
    it.each(table)("names the key and the command that fixes it: $name", (row) => {
        const { stack, keys, fix } = row;
        const error = errorOf(stackFile(row), stack);
        expect(error.problems.map(({ key }) => key)).toEqual(keys.map(qualified));
        keys.forEach((key) => expect(error.message).toContain(`  ${qualified(key)}`));
        expect(error.message).toContain(`    pulumi config ${fix}`);
        commandsIn(error.message).forEach((command) =>
            expect(command).toContain(`--stack ${stack}`),
        );
    });

    it.each(table)("is fixed by the commands of its message: $name", (row) => {
        expect(corrected(stackFile(row), row.stack)).toBeDefined();
    });
});

describe("the program", () => {
    const program = load("../../../index.ts", __filename) as () => unknown;
    let registered = 0;

    beforeEach(async () => {
        registered = 0;
        const providers = simulatedProviders();
        await pulumi.runtime.setMocks(
            {
                newResource: (args) => {
                    registered += 1;
                    return providers.newResource(args);
                },
                call: (args) => providers.call(args),
            },
            "hysds",
            "test",
        );
    });

    it.each(table.filter(({ stack }) => stack === "test"))(
        "registers no resource: $name",
        (row) => {
            const { values } = stackFile(row);
            pulumi.runtime.setAllConfig(values);
            expect(program).toThrow(pulumi.RunError);
            expect(registered).toBe(0);
        },
    );

    it("registers resources once the configuration is valid", async () => {
        pulumi.runtime.setAllConfig(existing.values);
        await pulumi.runtime.runInPulumiStack(() => Promise.resolve(program()));
        expect(registered).toBeGreaterThan(0);
    });
});

describe("several problems", () => {
    it("are all listed, whether keys are unknown, wrong or at odds", () => {
        const { problems, message } = errorOf({
            values: {
                "aws:region": "us-west-2",
                "hysds:plattform": "aws",
                "hysds:redisNodeCount": "many",
                "hysds:vpcCidr": "10.0.0.1/16",
                "hysds:workers": JSON.stringify([{ name: "A", queue: "b" }, {}]),
                "hysds:rabbitmqDeploymentMode": "CLUSTER_MULTI_AZ",
            },
            secretKeys: [],
        });
        expect(problems.map(({ key }) => key)).toEqual([
            "hysds:plattform",
            "hysds:redisNodeCount",
            "hysds:workers[0].name",
            "hysds:workers[1].name",
            "hysds:workers[1].queue",
            "hysds:vpcCidr",
            "hysds:rabbitmqDeploymentMode",
        ]);
        expect(message).toContain("The configuration of stack test has 7 problems.");
        expect(message).toContain("Did you mean platform?");
    });

    it("do not repeat one that follows from another", () => {
        const values = {
            "aws:region": "us-west-2",
            "hysds:rabbitmqDeploymentMode": "CLUSTER_MULTI_AZ",
            "hysds:availabilityZones": "three",
        };
        const { problems } = errorOf({ values, secretKeys: [] });
        expect(problems.map(({ key }) => key)).toEqual(["hysds:availabilityZones"]);
    });
});
