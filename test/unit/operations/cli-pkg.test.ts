import { execFileSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pkgCommand } from "../../../cli/commands/pkg";
import { Environment } from "../../../cli/installation";
import { FakeHandler } from "../../support/operations/fake-server";
import { FakeInstallation } from "../../support/operations/fake-installation";
import { CommandRun, runCommand } from "../../support/operations/run-command";
import { S3Server } from "../../support/operations/s3-server";
import { SearchCluster } from "../../support/operations/search-cluster";

const ID = "container-sar:v1";
const IMAGE = "sar-v1.tar.gz";
const IMAGE_ARM = "sar-v1-arm64.tar.gz";
const BASE = "base-v2.tar.gz";
const OLD = "s3://s3-us-west-2.amazonaws.com/old-code";

const CONTAINER = {
    id: ID,
    version: "v1",
    digest: "sha256:1",
    url: `${OLD}/${IMAGE}`,
    urls: JSON.stringify({ amd64: `${OLD}/${IMAGE}`, arm64: `${OLD}/${IMAGE_ARM}` }),
    resource: "container",
};
const JOB_SPEC = {
    id: "job-sar:v1",
    container: ID,
    command: "/run.sh",
    soft_time_limit: 300,
    dependency_images: [{ container_image_name: "base:v2", container_image_url: `${OLD}/${BASE}` }],
};
const GRQ_ACTION = {
    id: "hysds-io-sar:v1",
    "job-specification": "job-sar:v1",
    component: "tosca",
    allowed_accounts: ["ops"],
    params: [{ name: "threshold", default: 0.5 }],
};
const MOZART_ACTION = {
    id: "hysds-io-sar-retry:v1",
    "job-specification": "job-sar:v1",
    component: "mozart",
};
const OTHER = { id: "container-other:v9", url: null };

function registered(): SearchCluster {
    return new SearchCluster({
        containers: { [ID]: CONTAINER, [OTHER.id]: OTHER },
        job_specs: {
            [JOB_SPEC.id]: JOB_SPEC,
            "job-other:v9": { id: "job-other:v9", container: OTHER.id },
        },
        "hysds_ios-grq": { [GRQ_ACTION.id]: GRQ_ACTION },
        "hysds_ios-mozart": { [MOZART_ACTION.id]: MOZART_ACTION },
    });
}

const WITH_BUCKET: FakeHandler = ({ path: at }) =>
    at === "/api/v1/namespaces/hysds/configmaps/hysds-artifacts"
        ? { body: { data: { bucket: "artifacts", region: "us-west-2" } } }
        : { status: 404, body: { kind: "Status", code: 404 } };

const IN_BUCKET = "s3://s3.us-west-2.amazonaws.com:80/artifacts/images";

let directory: string;
let installation: FakeInstallation | undefined;

beforeEach(async () => {
    directory = await fs.mkdtemp(path.join(os.tmpdir(), "pkg-"));
});

afterEach(async () => {
    await installation?.stop();
    await fs.rm(directory, { recursive: true });
});

interface Given {
    readonly bucket?: boolean;
    readonly environment?: Environment;
}

async function run(cluster: SearchCluster, args: string[], given: Given = {}): Promise<CommandRun> {
    await installation?.stop();
    installation = await FakeInstallation.start({
        environment: given.environment ?? "dev",
        targets: { "mozart-search": cluster.handler },
        ...((given.bucket ?? true) ? { kubernetes: WITH_BUCKET } : {}),
    });
    return runCommand(["pkg", ...args], { commands: [pkgCommand], installation });
}

/** The archive as Python's tarfile makes it for `sds pkg export`. */
function sdsArchive(manifest: unknown, images: Record<string, string>): string {
    const file = path.join(directory, "container-sar-v1.sdspkg.tar");
    const script = `
import json, os, sys, tarfile
name = "container-sar-v1.sdspkg"
directory, file, given = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
root = os.path.join(directory, name)
os.mkdir(root)
with open(os.path.join(root, "manifest.json"), "w") as f:
    json.dump(given["manifest"], f, indent=2, sort_keys=True)
for image, content in given["images"].items():
    open(os.path.join(root, image), "w").write(content)
with tarfile.open(file, "w") as tar:
    tar.add(root, arcname=name)
`;
    execFileSync("python3", ["-c", script, directory, file, JSON.stringify({ manifest, images })]);
    return file;
}

const SDS_MANIFEST = {
    containers: {
        ...CONTAINER,
        url: IMAGE,
        urls: JSON.stringify({ amd64: IMAGE, arm64: IMAGE_ARM }),
    },
    job_specs: [
        {
            ...JOB_SPEC,
            dependency_images: [{ container_image_name: "base:v2", container_image_url: BASE }],
        },
    ],
    hysds_ios: [GRQ_ACTION, MOZART_ACTION],
};
const IMAGES = { [IMAGE]: "amd64", [IMAGE_ARM]: "arm64", [BASE]: "base" };

describe("pkg ls", () => {
    it("lists packages and where their images are", async () => {
        const { stdout } = await run(registered(), ["ls"]);
        expect(stdout).toMatch(/container-other:v9 +from the registry/);
        expect(stdout).toMatch(/container-sar:v1 +v1 +s3:\/\/s3-us-west-2/);
    });
});

describe("pkg export", () => {
    const exported = async (...args: string[]) => {
        const s3 = await S3Server.start();
        for (const [name, content] of Object.entries(IMAGES)) {
            s3.put(`old-code/${name}`, content);
        }
        const run_ = await run(registered(), ["export", ID, "--outdir", directory, ...args]);
        return { ...run_, s3, file: path.join(directory, "container-sar-v1.sdspkg.tar") };
    };
    const manifestIn = (file: string): typeof SDS_MANIFEST => {
        // What sds does: the first entry names the directory.
        const script = `
import json, sys, tarfile
with tarfile.open(sys.argv[1]) as tar:
    root = tar.getnames()[0]
    assert tar.getmember(root).isdir()
    manifest = json.load(tar.extractfile(root + "/manifest.json"))
    images = {n.split("/")[1]: tar.extractfile(n).read().decode() for n in tar.getnames()[1:] if not n.endswith(".json")}
print(json.dumps({"root": root, "manifest": manifest, "images": images}))
`;
        const text = execFileSync("python3", ["-c", script, file], { encoding: "utf8" });
        return JSON.parse(text) as typeof SDS_MANIFEST;
    };

    it("writes the archive that sds reads, with all images", async () => {
        const { exitCode, file } = await exported("--accounts");
        expect(exitCode).toBe(0);
        expect(manifestIn(file)).toEqual({
            root: "container-sar-v1.sdspkg",
            manifest: { ...SDS_MANIFEST, hysds_ios: [MOZART_ACTION, GRQ_ACTION] },
            images: IMAGES,
        });
    });

    it("leaves accounts out, and images where they are, when asked to", async () => {
        const { file, s3 } = await exported("--images", "none");
        const { manifest, images } = manifestIn(file) as unknown as {
            manifest: typeof SDS_MANIFEST;
            images: object;
        };
        expect(images).toEqual({});
        expect(manifest.containers).toEqual(CONTAINER);
        expect(JSON.stringify(manifest.hysds_ios)).not.toContain("allowed_accounts");
        expect(s3.asked).toEqual([]);
    });

    it("leaves nothing behind when an image is gone", async () => {
        await S3Server.start();
        const { exitCode, stderr } = await run(registered(), ["export", ID, "-o", directory]);
        expect(exitCode).toBe(1);
        expect(stderr).toContain(`cannot read s3://old-code/${IMAGE}`);
        expect(await fs.readdir(directory)).toEqual([]);
    });

    it("says that there is no such package", async () => {
        const { exitCode, stderr } = await run(registered(), ["export", "x:1"]);
        expect({ exitCode, stderr }).toEqual({
            exitCode: 1,
            stderr: 'error: there is no package x:1: "hysds-ops pkg ls" lists them\n',
        });
    });
});

describe("pkg import", () => {
    it("reads the archive of sds: images to the bucket, documents to where HySDS looks", async () => {
        const s3 = await S3Server.start();
        const cluster = new SearchCluster();
        const file = sdsArchive(SDS_MANIFEST, IMAGES);
        expect((await run(cluster, ["import", file])).exitCode).toBe(0);
        for (const [name, content] of Object.entries(IMAGES)) {
            expect(s3.text(`artifacts/images/${name}`)).toBe(content);
        }
        expect(cluster.sources("containers")).toEqual({
            [ID]: {
                ...CONTAINER,
                url: `${IN_BUCKET}/${IMAGE}`,
                urls: JSON.stringify({
                    amd64: `${IN_BUCKET}/${IMAGE}`,
                    arm64: `${IN_BUCKET}/${IMAGE_ARM}`,
                }),
            },
        });
        expect(cluster.sources("job_specs")["job-sar:v1"]?.dependency_images).toEqual([
            { container_image_name: "base:v2", container_image_url: `${IN_BUCKET}/${BASE}` },
        ]);
        expect(cluster.sources("hysds_ios-grq")).toEqual({ [GRQ_ACTION.id]: GRQ_ACTION });
        expect(cluster.sources("hysds_ios-mozart")).toEqual({ [MOZART_ACTION.id]: MOZART_ACTION });
    });

    it("without a bucket imports none of a package with images, unless they are in the registry", async () => {
        const cluster = new SearchCluster();
        const file = sdsArchive(SDS_MANIFEST, IMAGES);
        const refused = await run(cluster, ["import", file], { bucket: false });
        expect(refused.exitCode).toBe(1);
        expect(refused.stderr).toContain("--images registry");
        expect(cluster.sources("containers")).toEqual({});

        await run(cluster, ["import", file, "--images", "registry"], { bucket: false });
        expect(cluster.sources("containers")[ID]).toMatchObject({ url: null, urls: null });
    });

    it("shows what it replaces and asks, and says what changed nothing", async () => {
        const cluster = registered();
        const changed = {
            ...SDS_MANIFEST,
            containers: CONTAINER,
            job_specs: [{ ...JOB_SPEC, command: "/new.sh" }],
        };
        const file = sdsArchive(changed, {});
        const refused = await run(cluster, ["import", file]);
        expect(refused.exitCode).toBe(1);
        expect(refused.stderr).toMatch(/job_specs +job-sar:v1/);
        expect(refused.stderr).not.toMatch(/containers +container-sar/);
        expect(cluster.sources("job_specs")[JOB_SPEC.id]).toEqual(JOB_SPEC);

        const { stdout } = await run(cluster, ["import", file, "--yes"]);
        expect(stdout).toMatch(/containers +container-sar:v1 +unchanged/);
        expect(cluster.sources("job_specs")[JOB_SPEC.id]).toMatchObject({ command: "/new.sh" });
    });

    it.each([
        ["another container's job", { ...SDS_MANIFEST, job_specs: [{ id: "j", container: "x" }] }],
        ["no container", { job_specs: [], hysds_ios: [] }],
        ["a rule that is none", { ...SDS_MANIFEST, user_rules: { mozart: [], grq: [{}] } }],
    ])("writes nothing of an archive with %s", async (_what, manifest) => {
        const cluster = new SearchCluster();
        const { exitCode, stderr } = await run(cluster, ["import", sdsArchive(manifest, {})]);
        expect(exitCode).toBe(2);
        expect(stderr).toContain("has a wrong manifest.json");
        expect(cluster.sources("containers")).toEqual({});
    });

    it("says that a file is no package", async () => {
        const file = path.join(directory, "x.tar");
        await fs.writeFile(file, "no archive");
        expect(await run(new SearchCluster(), ["import", file])).toMatchObject({ exitCode: 2 });
    });
});

describe("pkg rm", () => {
    it("removes a package's documents and its image in the bucket, and no others", async () => {
        const s3 = await S3Server.start();
        const cluster = new SearchCluster();
        await run(cluster, ["import", sdsArchive(SDS_MANIFEST, IMAGES)]);
        const { exitCode, stderr } = await run(cluster, ["rm", ID, "--yes"]);
        expect(exitCode).toBe(0);
        expect(stderr).toMatch(/hysds_ios-grq +hysds-io-sar:v1/);
        for (const index of ["containers", "job_specs", "hysds_ios-grq", "hysds_ios-mozart"]) {
            expect(cluster.sources(index), index).toEqual({});
        }
        expect([...s3.objects.keys()]).toEqual([`artifacts/images/${BASE}`]);
    });

    it("leaves images elsewhere, and other packages", async () => {
        const s3 = await S3Server.start();
        const cluster = registered();
        await run(cluster, ["rm", ID, "--yes"]);
        expect(Object.keys(cluster.sources("containers"))).toEqual([OTHER.id]);
        expect(Object.keys(cluster.sources("job_specs"))).toEqual(["job-other:v9"]);
        expect(s3.asked).toEqual([]);
    });

    it("wants --really in prod", async () => {
        const cluster = registered();
        await run(cluster, ["rm", ID, "--yes"], { environment: "prod" });
        expect(Object.keys(cluster.sources("containers"))).toContain(ID);
    });
});
