import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { execa } from "execa";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluateProject } from "../../../workshop/plan/evaluate";

const root = path.resolve(__dirname, "../../..");
const copy = fs.mkdtempSync(path.join(os.tmpdir(), "hysds-setting-"));

const TOPIC = "components/settings/topics/autoscaling.ts";
const CONSUMER = "components/operations/autoscaling/keda.ts";

/** What CONTRIBUTING.md says under "A setting": the key, and whoever reads it. */
const CHANGES: readonly (readonly [file: string, old: string, now: string])[] = [
    [
        TOPIC,
        "    kedaChartVersion: key(",
        `    kedaTimeoutMinutes: key(z.int().min(1).max(60), {
        default: 10,
        description: "How long KEDA may take to start, minutes.",
        requires: INSTALLED_KEDA,
    }),
    kedaChartVersion: key(`,
    ],
    [CONSUMER, "timeout: 600,", "timeout: 60 * keda.timeoutMinutes,"],
];

beforeAll(() => {
    for (const name of [
        "components",
        "contract",
        "cost",
        "policy",
        "workshop",
        "images.yaml",
        "index.ts",
        "tsconfig.json",
    ]) {
        fs.cpSync(path.join(root, name), path.join(copy, name), {
            recursive: true,
            filter: (file) => path.basename(file) !== "node_modules",
        });
    }
    for (const name of fs.readdirSync(root).filter((file) => /^Pulumi\..*yaml$/.test(file))) {
        fs.cpSync(path.join(root, name), path.join(copy, name));
    }
    fs.symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"));
    for (const [file, old, now] of CHANGES) {
        const text = fs.readFileSync(path.join(copy, file), "utf8");
        expect(text).toContain(old);
        fs.writeFileSync(path.join(copy, file), text.replace(old, now));
    }
});

afterAll(() => fs.rmSync(copy, { recursive: true }));

async function timeout(overrides: Readonly<Record<string, string>>): Promise<unknown> {
    const { resources } = await evaluateProject(copy, "local", overrides);
    return resources.find(({ type }) => type === "kubernetes:helm.sh/v3:Release")?.inputs.timeout;
}

describe("a setting that is added to its topic and to its consumer alone", () => {
    it("is checked by the compiler where it is read", () => {
        const { config } = ts.readConfigFile(path.join(copy, "tsconfig.json"), (file) =>
            ts.sys.readFile(file),
        ) as { config: unknown };
        const { options } = ts.parseJsonConfigFileContent(config, ts.sys, copy);
        const program = ts.createProgram([path.join(copy, CONSUMER)], options);
        const problems = [TOPIC, CONSUMER].flatMap((file) =>
            program.getSemanticDiagnostics(program.getSourceFile(path.join(copy, file))),
        );
        expect(problems.map(({ messageText }) => messageText)).toEqual([]);
        // Compiling takes seconds, and many of them beside everything else that `npm test` does.
    }, 300_000);

    it("has its default, and what a stack gives it", async () => {
        expect(await timeout({ autoscaling: "keda" })).toBe(600);
        expect(await timeout({ autoscaling: "keda", kedaTimeoutMinutes: "20" })).toBe(1200);
    });

    it("is refused where it is wrong, and where it would do nothing", async () => {
        await expect(timeout({ autoscaling: "keda", kedaTimeoutMinutes: "0" })).rejects.toThrow(
            "pulumi config set hysds:kedaTimeoutMinutes 1 --stack local",
        );
        await expect(timeout({ kedaTimeoutMinutes: "20" })).rejects.toThrow(
            "hysds:kedaTimeoutMinutes is 20: it does nothing while autoscaling is none.",
        );
    });

    it("is in Pulumi.yaml, README.md and docs/settings.md once they are generated", async () => {
        const script = `
            const { withConfigSection, settingsPage, settingsOverview } = require("./workshop/scripts/config-schema.ts");
            const project = require("node:fs").readFileSync("Pulumi.yaml", "utf8");
            console.log(JSON.stringify([withConfigSection(project), settingsPage(), settingsOverview()]));
        `;
        const { stdout } = await execa("node", ["--import", "tsx", "--eval", script], {
            cwd: copy,
        });
        const texts = JSON.parse(stdout) as readonly string[];
        expect(texts).toHaveLength(3);
        texts.forEach((text) => expect(text).toContain("kedaTimeoutMinutes"));
    });
});
