import { execFileSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shipCommand } from "../../../cli/commands/ship";
import { FakeAnswer, FakeRequest } from "../../support/operations/fake-server";
import { FakeInstallation } from "../../support/operations/fake-installation";
import { CommandRun, runCommand } from "../../support/operations/run-command";
import { S3Server } from "../../support/operations/s3-server";

const KEY = "artifacts/bundles/verdi.tar.gz";
const DEPLOYMENTS = "/apis/apps/v1/namespaces/hysds-jobs/deployments";

/** The Kubernetes API with a ConfigMap of the bucket and one pool. */
function kubernetes({ method, path: at, query }: FakeRequest): FakeAnswer {
    if (at === "/api/v1/namespaces/hysds/configmaps/hysds-artifacts") {
        return { body: { data: { bucket: "artifacts", region: "us-west-2" } } };
    }
    if (at === DEPLOYMENTS && query.get("labelSelector")?.includes("component=verdi")) {
        return { body: { items: [{ metadata: { name: "verdi-sar" } }] } };
    }
    return at === `${DEPLOYMENTS}/verdi-sar` && method === "PATCH"
        ? { body: { metadata: { name: "verdi-sar" } } }
        : { status: 404, body: { kind: "Status", code: 404 } };
}

let directory: string;
let installation: FakeInstallation | undefined;

const write = async (file: string, content: string): Promise<void> => {
    await fs.mkdir(path.dirname(path.join(directory, file)), { recursive: true });
    await fs.writeFile(path.join(directory, file), content);
};

beforeEach(async () => {
    directory = await fs.mkdtemp(path.join(os.tmpdir(), "ship-"));
    await write("python/sar/__init__.py", "VERSION = 1\n");
    await write("etc/datasets.json", "{}");
});

afterEach(async () => {
    await installation?.stop();
    await fs.rm(directory, { recursive: true });
});

async function ship(args: string[] = [], bucket = true): Promise<CommandRun> {
    await installation?.stop();
    installation = await FakeInstallation.start(bucket ? { kubernetes } : {});
    return runCommand(["ship", directory, ...args], { commands: [shipCommand], installation });
}

function digestOf({ stdout }: CommandRun): string | undefined {
    return /sha256:([0-9a-f]{64})/.exec(stdout)?.[1];
}

describe("ship", () => {
    it("shows what is in the bundle and its digest, and puts it where pools look", async () => {
        const s3 = await S3Server.start();
        const shipped = await ship();
        expect(shipped.exitCode).toBe(0);
        expect(shipped.stdout).toMatch(/etc\/datasets\.json +2\npython\/sar\/__init__\.py +12\n/);
        expect(s3.asked).toEqual([`HEAD ${KEY}`, `PUT ${KEY}`]);
        const { content, metadata } = s3.objects.get(KEY)!;
        expect(metadata.sha256).toBe(digestOf(shipped));
        const archive = path.join(directory, "..", `${path.basename(directory)}.tar.gz`);
        await fs.writeFile(archive, content);
        const listed = execFileSync("tar", ["-tzf", archive], { encoding: "utf8" });
        await fs.rm(archive);
        expect(listed).toBe("./etc/datasets.json\n./python/sar/__init__.py\n");
    });

    it("ships nothing when nothing changed: time, owner and order do not matter", async () => {
        const s3 = await S3Server.start();
        const first = await ship();
        await fs.utimes(path.join(directory, "etc/datasets.json"), 1, 1);
        await fs.chmod(path.join(directory, "etc/datasets.json"), 0o600);
        const copy = await fs.mkdtemp(path.join(os.tmpdir(), "ship-"));
        await fs.cp(directory, copy, { recursive: true });
        await fs.rm(directory, { recursive: true });
        directory = copy;
        await write("python/__pycache__/sar.pyc", "cache");
        await write(".git/HEAD", "ref");
        const again = await ship();
        expect(digestOf(again)).toBe(digestOf(first));
        expect(again.stdout).toContain("unchanged");
        expect(s3.asked.filter((each) => each.startsWith("PUT"))).toHaveLength(1);
    });

    it("ships what changed, and rolls the pools when asked to", async () => {
        const s3 = await S3Server.start();
        const first = await ship();
        await write("python/sar/__init__.py", "VERSION = 2\n");
        const second = await ship(["--restart"]);
        expect(digestOf(second)).not.toBe(digestOf(first));
        expect(second.stdout).toContain("verdi-sar");
        expect(s3.objects.get(KEY)?.metadata.sha256).toBe(digestOf(second));
        const patches = installation?.kubernetesServer.asked.filter(
            ({ method }) => method === "PATCH",
        );
        expect(patches).toMatchObject([
            {
                path: `${DEPLOYMENTS}/verdi-sar`,
                headers: { "content-type": "application/strategic-merge-patch+json" },
            },
        ]);
        expect(JSON.stringify(patches?.[0]?.json)).toContain("restartedAt");
    });

    it("touches nothing in a dry run", async () => {
        const s3 = await S3Server.start();
        const { stdout } = await ship(["--dry-run"]);
        expect(stdout).toContain("not shipped");
        expect(s3.asked).toEqual([]);
    });

    it("says how to get a bucket where there is none", async () => {
        const { exitCode, stderr } = await ship([], false);
        expect(exitCode).toBe(1);
        expect(stderr).toContain("pulumi config set hysds:artifactBucket true");
    });

    it.each([
        ["credentials", "python/.netrc", "looks like credentials"],
        ["a key", "etc/server.pem", "looks like credentials"],
    ])("ships no %s", async (_what, file, problem) => {
        await write(file, "secret");
        const { exitCode, stderr } = await ship();
        expect(exitCode).toBe(2);
        expect(stderr).toContain(problem);
    });

    it("ships no directory that pools would not read, and no link", async () => {
        await fs.symlink("/etc/passwd", path.join(directory, "python/link"));
        expect((await ship()).stderr).toContain("python/link is neither");
        await fs.rm(path.join(directory, "python"), { recursive: true });
        await fs.rm(path.join(directory, "etc"), { recursive: true });
        await write("readme.txt", "x");
        expect((await ship()).stderr).toContain("has no python/ or etc/");
    });
});
