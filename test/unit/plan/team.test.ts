import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Evaluation } from "../../../workshop/plan/evaluation";
import { evaluateProject, evaluateStack } from "../../../workshop/plan/evaluate";

const ROOT = path.resolve(__dirname, "../../..");

interface Deployment {
    readonly spec: {
        readonly template: { readonly metadata: { readonly annotations: Record<string, string> } };
    };
}

let folder: string;
let team: Evaluation;
let plain: Evaluation;

beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hysds-team-"));
    await copyFile(path.join(ROOT, "Pulumi.local.yaml"), path.join(folder, "Pulumi.local.yaml"));
    const project = await readFile(path.join(ROOT, "Pulumi.yaml"), "utf8");
    const main = `main: ${path.join(ROOT, "examples/team.ts")}\n`;
    await writeFile(path.join(folder, "Pulumi.yaml"), project.replace(/^main:.*\n/m, "") + main);
    team = await evaluateProject(folder, "local");
    plain = await evaluateStack("local");
}, 120_000);

afterAll(() => rm(folder, { recursive: true }));

function deployments({ resources }: Evaluation): readonly Deployment[] {
    return resources
        .filter(({ type }) => type === "kubernetes:apps/v1:Deployment")
        .map(({ inputs }) => inputs as unknown as Deployment);
}

describe("a team's own program beside index.ts", () => {
    it("changes what it says of every Deployment, and nothing else of it", () => {
        const made = deployments(team);
        expect(made.length).toBeGreaterThan(10);
        for (const { spec } of made) {
            expect(spec.template.metadata.annotations).toMatchObject({
                "linkerd.io/inject": "enabled",
            });
        }
        const text = JSON.stringify(deployments(plain)[0]);
        expect(text).not.toContain("linkerd");
    });

    it("makes the same resources", () => {
        const urns = ({ resources }: Evaluation): string[] =>
            resources.map(({ urn }) => urn).sort();
        expect(urns(team)).toEqual(urns(plain));
        expect(Object.keys(team.outputs)).toEqual(Object.keys(plain.outputs));
    });
});
