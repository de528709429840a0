import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { evaluateProject } from "../../../workshop/plan/evaluate";
import { CapturedResource, Evaluation } from "../../../workshop/plan/evaluation";
import { reveal, SecretValue } from "../../../workshop/plan/secret";

const FIXTURE = path.resolve(__dirname, "../../support/fixture-program");

let evaluation: Evaluation;

beforeAll(async () => {
    evaluation = await evaluateProject(FIXTURE, "small");
});

function resource(name: string): CapturedResource {
    const found = evaluation.resources.find((each) => each.name === name);
    if (!found) {
        throw new Error(`no resource ${name}`);
    }
    return found;
}

describe("evaluating a program", () => {
    it("names resources as the engine does", () => {
        expect(resource("store-redis").urn).toBe(
            "urn:pulumi:small::fixture::fixture:component:Store$aws:elasticache/replicationGroup:ReplicationGroup::store-redis",
        );
    });

    it("captures parents, and options of resources", () => {
        const redis = resource("store-redis");
        expect(redis.parent).toBe(resource("store").urn);
        expect(redis.options).toMatchObject({
            protect: true,
            retainOnDelete: true,
            ignoreChanges: ["nodeType"],
            aliases: ["old-redis"],
            customTimeouts: { create: "40m" },
        });
        expect(resource("web").options.provider).toBe(resource("cluster").urn);
        expect(resource("settings").options.deletedWith).toBe(resource("shop").urn);
    });

    it("captures what a resource depends on by its inputs, and by dependsOn on a component", () => {
        const settings = resource("settings");
        expect(settings.propertyDependencies.stringData).toContain(resource("store-redis").urn);
        expect(resource("web").dependencies).toContain(resource("store-password").urn);
    });

    it("keeps secrets as secrets, in inputs and in stack outputs", () => {
        const { stringData } = resource("settings").inputs;
        expect(stringData).toBeInstanceOf(SecretValue);
        expect(reveal(stringData)).toMatchObject({ token: "encrypted-value-of-fixture:token" });
        expect(evaluation.outputs.url).toBeInstanceOf(SecretValue);
        expect(evaluation.outputs.replicas).toBe(1);
        expect(JSON.stringify(evaluation)).not.toContain("simulated-secret");
    });

    it("takes defaults from the project, values from the stack, overrides over both", async () => {
        const overridden = await evaluateProject(FIXTURE, "small", { replicas: "7" });
        expect(overridden.outputs.replicas).toBe(7);
    });

    it("may run any number of times, also at once", async () => {
        const runs = [1, 2, 3].map((replicas) =>
            evaluateProject(FIXTURE, "small", { replicas: String(replicas) }),
        );
        const evaluations = await Promise.all(runs);
        expect(evaluations.map(({ outputs }) => outputs.replicas)).toEqual([1, 2, 3]);
        expect(evaluations.map(({ resources }) => resources.length)).toEqual([8, 8, 8]);
    });

    it("fails as the program fails, and with the file that is missing", async () => {
        await expect(evaluateProject(FIXTURE, "small", { replicas: "0" })).rejects.toThrow(
            "fixture:replicas must be at least 1",
        );
        await expect(evaluateProject(FIXTURE, "large")).rejects.toThrow("Pulumi.large.yaml");
    });

    // In a process of its own: the test runner would count the rejection, which reaches the whole process, as its own.
    it("fails as an apply of the program fails, though the program itself ends well", async () => {
        const script = `
            require("./workshop/plan/evaluate")
                .evaluateProject(${JSON.stringify(FIXTURE)}, "small", { failLate: "true" })
                .catch((failure) => {
                    console.error(failure.message);
                    process.exitCode = 3;
                });`;
        const evaluating = promisify(execFile)(
            process.execPath,
            ["--import", "tsx", "--eval", script],
            { cwd: path.resolve(__dirname, "../../..") },
        );
        await expect(evaluating).rejects.toMatchObject({
            code: 3,
            stderr: expect.stringContaining("an apply failed") as string,
        });
    });
});
