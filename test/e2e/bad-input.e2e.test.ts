import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { execa, Result } from "execa";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { exportedResources } from "./support/secrets";
import { StackUnderTest } from "./support/stack";

const root = path.resolve(__dirname, "../..");

describe("an invalid configuration on the engine", () => {
    let stack: StackUnderTest;

    beforeAll(async () => {
        stack = await StackUnderTest.open({
            name: "local",
            config: {
                "hysds:searchEngine": "solr",
                "hysds:redisStorageGiB": "0",
                "hysds:venu": "integration",
            },
            env: { KUBECONFIG: inject("kubeconfig") },
        });
    });
    afterAll(() => stack.dispose());

    it("is refused as a whole, with every problem and its remedy, before there is any resource", async () => {
        const message = await stack.up().then(
            () => "",
            (error: Error) => error.message,
        );
        for (const remedy of [
            /solr[\s\S]*pulumi config set hysds:searchEngine/,
            /hysds:redisStorageGiB[\s\S]*pulumi config set hysds:redisStorageGiB/,
            /hysds:venu\b[\s\S]*hysds:venue/,
        ]) {
            expect(message).toMatch(remedy);
        }
        const made = (await exportedResources(stack)).filter(
            ({ type }) => type !== "pulumi:pulumi:Stack",
        );
        expect(made).toEqual([]);
    });
});

describe("npm start", () => {
    let dir: string;

    beforeAll(async () => {
        dir = await fs.mkdtemp(path.join(os.tmpdir(), "hysds-start-"));
        await fs.writeFile(path.join(dir, "kubeconfig"), unreachableKubeconfig);
    });
    afterAll(() => fs.rm(dir, { recursive: true, force: true }));

    function start(context: string): Promise<Result> {
        return execa("npx", ["tsx", "workshop/scripts/start.ts", "--context", context], {
            cwd: root,
            env: {
                KUBECONFIG: path.join(dir, "kubeconfig"),
                HYSDS_PULUMI_STATE: path.join(dir, "state"),
            },
            reject: false,
        });
    }

    it.each([
        ["nowhere", /^error: .*"nowhere".*127\.0\.0\.1:9.*does not answer.*$/],
        ["typo", /^error: no context "typo" in the kubeconfig; it has: nowhere$/],
    ])(
        "says in one line why it cannot use context %s, and leaves nothing",
        async (context, line) => {
            const { exitCode, stderr } = await start(context);
            expect(exitCode).toBe(1);
            expect(stderr).toMatch(line);
            await expect(fs.access(path.join(dir, "state"))).rejects.toThrow("ENOENT");
        },
    );
});

/** Port 9 (discard) is closed on any machine of today. */
const unreachableKubeconfig = `apiVersion: v1
kind: Config
clusters:
  - { name: nowhere, cluster: { server: "https://127.0.0.1:9" } }
users:
  - { name: nobody, user: { token: none } }
contexts:
  - { name: nowhere, context: { cluster: nowhere, user: nobody } }
current-context: nowhere
`;
