import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../components/settings/configuration-error";
import { parseSettings } from "../../../components/settings/parse";
import { evaluateStack } from "../../../workshop/plan/evaluate";
import { Manifest, renderManifests } from "../../../workshop/plan/manifests";
import { reveal } from "../../../workshop/plan/secret";
import { limitProblems } from "../../support/aws-limits";
import { nameProblems } from "../../support/kubernetes-rules";
import { configurations, DEFAULTS } from "./arbitrary-values";
import { commandsIn, run, StackFile } from "./pulumi-config";

const STACKS = [
    ["dev", { platform: "aws" }],
    ["local", { platform: "existing", backends: "in-cluster" }],
] as const;

/** The same values in each run, so that a red run is the fault of the change; `FUZZ_SEED=7` tries others. */
const seed = Number(process.env["FUZZ_SEED"] ?? 1);

const REGION = { "aws:region": "us-west-2" };

/** Whole keys go first, then what is set; parts go last and from behind, as they move those behind them. */
function inOrder(commands: readonly string[]): readonly string[] {
    const isRemoval = (command: string) => command.startsWith("pulumi config rm");
    const isPart = (command: string) => command.includes("--path");
    return [
        ...commands.filter((command) => isRemoval(command) && !isPart(command)),
        ...commands.filter((command) => !isRemoval(command)),
        ...commands.filter((command) => isRemoval(command) && isPart(command)).reverse(),
    ];
}

/** The configuration that the commands of the messages lead to; undefined when they lead nowhere. */
function accepted(file: StackFile, stack: string, rounds = 12): StackFile | undefined {
    const result = parseSettings(file.values, stack, file.secretKeys);
    if (!(result instanceof ConfigurationError)) {
        return file;
    }
    const commands = inOrder(commandsIn(result.message));
    const next = commands.reduce((current, command) => run(command, current), file);
    return rounds > 0 ? accepted(next, stack, rounds - 1) : undefined;
}

function identity({ kind, namespace, name, apiVersion }: Manifest): string {
    return `${apiVersion} ${kind} ${namespace ?? ""}/${name}`;
}

async function problemsOf(stack: string, file: StackFile): Promise<readonly string[]> {
    const secrets = file.secretKeys.map((key) => [key, { secure: key }] as const);
    const evaluation = await evaluateStack(stack, {
        ...DEFAULTS,
        ...file.values,
        ...Object.fromEntries(secrets),
    });
    const manifests = renderManifests(evaluation);
    const names = manifests.map(identity);
    return [
        ...manifests.flatMap(({ body }) => nameProblems(reveal(body) as never)),
        ...evaluation.resources.flatMap(limitProblems),
        ...names.filter((name, index) => names.indexOf(name) < index),
    ];
}

describe.each(STACKS)("a configuration like that of %s", (stack, fixed) => {
    const any = configurations(fixed);

    it("is put right by the commands of its message", () => {
        fc.assert(
            fc.property(any, (values) => {
                const file = { values: { ...REGION, ...values }, secretKeys: [] };
                expect(accepted(file, stack)).toBeDefined();
            }),
            { numRuns: 30, seed },
        );
    });

    it("is rendered as Kubernetes and AWS take it, whatever was accepted", async () => {
        await fc.assert(
            fc.asyncProperty(any, async (values) => {
                const file = { values: { ...REGION, ...values }, secretKeys: [] };
                expect(await problemsOf(stack, accepted(file, stack) ?? file)).toEqual([]);
            }),
            // An evaluation takes a second or two, and shrinking would take as many as there are keys.
            { numRuns: 3, endOnFailure: true, seed },
        );
    }, 300_000);
});

describe("what Kubernetes takes", () => {
    const pod = (changes: object) => ({
        kind: "CronJob",
        metadata: { name: "backup", labels: {}, annotations: {} },
        spec: { schedule: "15 3 * * *", nodeSelector: {}, containers: [{ name: "main" }] },
        ...changes,
    });

    it.each<[string, object]>([
        ["a name with two dots", { metadata: { name: "a..b" } }],
        ["a CronJob's name of 53 characters", { metadata: { name: "a".repeat(53) } }],
        ["a label's prefix with two dots", { metadata: { name: "a", labels: { "a..b/c": "" } } }],
        ["a label of 64 characters", { spec: { nodeSelector: { a: "x".repeat(64) } } }],
        ["an annotation without a name", { metadata: { name: "a", annotations: { "a/": "" } } }],
        ["two containers of one name", { spec: { containers: [{ name: "a" }, { name: "a" }] } }],
        ["hours that run backwards", { spec: { schedule: "5-1 * * * *" } }],
    ])("is not %s", (_, changes) => {
        expect(nameProblems(pod({}))).toEqual([]);
        expect(nameProblems(pod(changes))).toHaveLength(1);
    });
});
