import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { EngineError, exitOnError } from "../engine/errors";
import { PROJECT_ROOT } from "../engine/toolchain/versions";

const VITEST = join(PROJECT_ROOT, "node_modules", "vitest", "vitest.mjs");
const REPORT = ["--reporter=verbose", "--reporter=json", "--outputFile=out/reports/node.json"];

/**
 * Runs the tests on a real node, and ends as they do.
 *
 * @throws EngineError when the release is no directory
 */
async function testNode(filters: string[], { release }: { release?: string }): Promise<void> {
    const env = { ...process.env };
    if (release !== undefined) {
        if (!statSync(release, { throwIfNoEntry: false })?.isDirectory()) {
            throw new EngineError(
                `--release ${release} is no directory: give it one with HySDS's wheels and files`,
            );
        }
        env["HYSDS_RELEASE"] = resolve(release);
    }
    const args = [VITEST, "run", "--project", "node", ...REPORT, ...filters];
    const child = spawn(process.execPath, args, { cwd: PROJECT_ROOT, env, stdio: "inherit" });
    process.exitCode = await new Promise<number>((done, fail) => {
        child.on("error", fail);
        child.on("exit", (code) => done(code ?? 1));
    });
}

const command = new Command("test:node")
    .description(
        "Runs HySDS on a real Kubernetes node of this machine: containerd, kubelet and images built here.",
    )
    .argument("[files...]", "only the test files whose path holds one of these texts")
    .option(
        "--release <dir>",
        "directory with a HySDS release, as images/ takes it; default: stand-ins",
    )
    .action((files: string[], options: { release?: string }) =>
        exitOnError(testNode(files, options)),
    );

void command.parseAsync();
