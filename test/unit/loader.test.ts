import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { execaNode } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PULUMI, run } from "../../workshop/bench/run";

const PROJECT = path.resolve(__dirname, "../..");

// Its types take lines that its JavaScript does not have.
const PROGRAM = `
interface Erased {
    readonly one: string;
}

function debuggablePromise(): string | undefined {
    return new Error().stack;
}

console.log(JSON.stringify(debuggablePromise()));
throw new Error("on purpose") satisfies Error & Partial<Erased>;
`;

describe("the loader of tsconfig.pulumi.json", () => {
    let directory: string;

    beforeAll(async () => {
        directory = await fs.mkdtemp(path.join(os.tmpdir(), "loader-"));
        await fs.writeFile(path.join(directory, "program.ts"), PROGRAM);
    });
    afterAll(() => fs.rm(directory, { recursive: true }));

    /** As @pulumi/pulumi/cmd/run registers it. */
    async function load(env: Record<string, string> = {}): Promise<{ out: string; err: string }> {
        const script = path.join(directory, "load.js");
        await fs.writeFile(
            script,
            `require(${JSON.stringify(require.resolve("ts-node"))}).register({
                project: "tsconfig.pulumi.json",
                transpileOnly: true,
            });
            require("./program");`,
        );
        const options = { cwd: PROJECT, env, reject: false, nodeOptions: [] };
        const { stdout, stderr } = await execaNode(script, options);
        return { out: stdout, err: stderr };
    }

    it("shows where in the TypeScript an error was thrown", async () => {
        const { err } = await load();
        expect(err).toContain("on purpose");
        expect(err).toMatch(/program\.ts:11:\d+\)/);
    });

    it("looks up no stack of the SDK's promises, unless leaks of them are searched for", async () => {
        expect((await load()).out).toBe('""');
        const searching = await load({ PULUMI_DEBUG_PROMISE_LEAKS: "true" });
        expect(searching.out).toContain("program.ts:7:");
    });

    it("loads no SDK of a feature that is off", async () => {
        const listing = path.join(directory, "loaded.json");
        const preload = path.join(directory, "list.js");
        await fs.writeFile(
            preload,
            `process.on("exit", () => require("node:fs").writeFileSync(
                ${JSON.stringify(listing)}, JSON.stringify(Object.keys(require.cache))));`,
        );
        const nodeArguments = ["--require", preload];
        await run({ directory: PROJECT, stack: "local" }, { ...PULUMI, nodeArguments });

        const loaded = JSON.parse(await fs.readFile(listing, "utf8")) as string[];
        const packages = new Set(
            loaded.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []),
        );
        expect(packages).toContain("@pulumi/kubernetes");
        for (const off of ["aws", "awsx", "eks", "docker-build"]) {
            expect(packages).not.toContain(`@pulumi/${off}`);
        }
    }, 120_000);
});
