import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const directory = path.resolve(__dirname, "../../.github/workflows");

interface Workflow {
    readonly permissions: unknown;
    readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
    readonly permissions?: Readonly<Record<string, string>>;
    readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const files = fs.readdirSync(directory);

function jobs(file: string): readonly (readonly [string, Job])[] {
    const workflow = parse(fs.readFileSync(path.join(directory, file), "utf8")) as Workflow;
    return Object.entries(workflow.jobs);
}

describe.each(files)("the workflow %s", (file) => {
    const text = fs.readFileSync(path.join(directory, file), "utf8");

    it("runs actions of one commit each", () => {
        const used = jobs(file).flatMap(([, { steps }]) => steps.flatMap(({ uses }) => uses ?? []));
        expect(used.length).toBeGreaterThan(0);
        for (const action of used) {
            expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
        }
    });

    it("starts from no permissions, and writes only where it must", () => {
        expect((parse(text) as Workflow).permissions).toEqual({});
        const written = jobs(file).flatMap(([job, { permissions }]) =>
            Object.entries(permissions ?? {})
                .filter(([, access]) => access !== "read")
                .map(([scope]) => `${job}: ${scope}`),
        );
        const allowed = ["preview: id-token", "comment: pull-requests"];
        expect(allowed).toEqual(expect.arrayContaining(written));
    });

    it("holds no long-lived key", () => {
        expect(text).not.toMatch(/secrets\.|aws-(secret-)?access-key/);
    });

    it("puts nothing that others write into a script", () => {
        for (const [, { steps }] of jobs(file)) {
            for (const { run = "" } of steps) {
                expect(run).not.toContain("${{");
            }
        }
    });
});
