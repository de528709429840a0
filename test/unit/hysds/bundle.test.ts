import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SAR_POOL, installHysds } from "../../support/hysds";
import { Registered } from "../../support/mocks";
import { Container, mainContainer, workload } from "../../support/workloads";

const SCRIPT = path.resolve(__dirname, "../../../components/hysds/pod/bundle.py");

function mountedAt(container: Container | undefined, directory: string): string | undefined {
    return container?.volumeMounts.find(({ mountPath }) => mountPath === directory)?.name;
}

describe("the pods of a pool", () => {
    let installation: Registered;

    beforeAll(async () => {
        installation = await installHysds({
            settings: { artifacts: { kind: "bucket", versionDays: 30 } },
            hysds: { workers: [SAR_POOL] },
        });
    });

    it("unpack the shipped bundle before their engine starts, with the image of the pool", () => {
        const { pod } = workload(installation, "verdi-sar");
        expect(pod.initContainers?.map(({ name }) => name).slice(0, 2)).toEqual([
            "bundle",
            "podman",
        ]);
        const [bundle] = pod.initContainers ?? [];
        expect(bundle).toMatchObject({ image: SAR_POOL.image });
        expect(bundle).not.toHaveProperty("restartPolicy");
        expect(bundle?.env).toContainEqual({
            name: "BUNDLE_BUCKET",
            value: "hysds-prod-artifacts-123456789012-us-gov-west-1",
        });
        expect(bundle?.env).toContainEqual({ name: "BUNDLE_KEY", value: "bundles/verdi.tar.gz" });
    });

    it("run with its code and its datasets.json, which jobs mount from the same place", () => {
        const found = workload(installation, "verdi-sar");
        const worker = mainContainer(found);
        const engine = found.pod.initContainers?.find(({ name }) => name === "podman");
        expect(worker.env).toContainEqual({
            name: "PYTHONPATH",
            value: "/opt/hysds/bundle/python:/opt/hysds/etc:/opt/hysds/probes",
        });
        expect(worker.env?.filter(({ name }) => name === "HYSDS_DATASETS_CFG")).toEqual([
            { name: "HYSDS_DATASETS_CFG", value: "/opt/hysds/bundle/etc/datasets.json" },
        ]);
        expect(mountedAt(worker, "/opt/hysds/bundle")).toBe("bundle");
        expect(mountedAt(engine, "/opt/hysds/bundle")).toBe("bundle");
    });

    it("are alone with it: HySDS's own job workers have none", () => {
        const { pod } = workload(installation, "factotum-job-worker-small");
        expect(pod.initContainers?.map(({ name }) => name)).not.toContain("bundle");
    });

    it("have none where there is no bucket", async () => {
        const without = await installHysds({ hysds: { workers: [SAR_POOL] } });
        const { pod } = workload(without, "verdi-sar");
        expect(pod.initContainers?.map(({ name }) => name)).not.toContain("bundle");
    });
});

/** boto3 over files: `<bucket>/<key>` below a directory. */
const BOTO3 = `
import os, pathlib
from botocore.exceptions import ClientError
class Client:
    def get_object(self, Bucket, Key):
        file = pathlib.Path(os.environ["OBJECTS"], Bucket, Key)
        if not file.exists():
            raise ClientError({"Error": {"Code": os.environ.get("REFUSAL", "NoSuchKey")}})
        return {"Body": file.open("rb")}
def client(service):
    return Client()
`;
const EXCEPTIONS = `
class ClientError(Exception):
    def __init__(self, response):
        super().__init__(response["Error"]["Code"])
        self.response = response
`;

describe("the script that unpacks it", () => {
    let root: string;
    const target = () => path.join(root, "target");

    beforeEach(() => {
        root = fs.mkdtempSync(path.join(os.tmpdir(), "bundle-"));
        const write = (file: string, content: string) => {
            fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
            fs.writeFileSync(path.join(root, file), content);
        };
        write("lib/boto3.py", BOTO3);
        write("lib/botocore/__init__.py", "");
        write("lib/botocore/exceptions.py", EXCEPTIONS);
        write("datasets.json", "of the stack");
        write("shipped/python/sar.py", "");
        write("objects/.keep", "");
        fs.mkdirSync(target());
    });

    afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

    const ship = (...files: string[]) => {
        const bundles = path.join(root, "objects/artifacts/bundles");
        fs.mkdirSync(bundles, { recursive: true });
        const archive = path.join(bundles, "verdi.tar.gz");
        execFileSync("tar", ["-czf", archive, "-C", path.join(root, "shipped"), ...files]);
    };
    const unpack = (more: Record<string, string> = {}) =>
        execFileSync("python3", [SCRIPT], {
            stdio: "pipe",
            env: {
                ...process.env,
                PYTHONPATH: path.join(root, "lib"),
                OBJECTS: path.join(root, "objects"),
                BUNDLE_BUCKET: "artifacts",
                BUNDLE_KEY: "bundles/verdi.tar.gz",
                BUNDLE_DIRECTORY: target(),
                STACK_DATASETS: path.join(root, "datasets.json"),
                ...more,
            },
        });
    const datasets = () => fs.readFileSync(path.join(target(), "etc/datasets.json"), "utf8");

    it("takes the stack's datasets.json while nothing was shipped", () => {
        unpack();
        expect(datasets()).toBe("of the stack");
    });

    it("unpacks code, and takes the stack's datasets.json where the bundle has none", () => {
        ship("python");
        unpack();
        expect(fs.existsSync(path.join(target(), "python/sar.py"))).toBe(true);
        expect(datasets()).toBe("of the stack");
    });

    it("leaves the bundle's datasets.json", () => {
        fs.mkdirSync(path.join(root, "shipped/etc"));
        fs.writeFileSync(path.join(root, "shipped/etc/datasets.json"), "of the project");
        ship("python", "etc");
        unpack();
        expect(datasets()).toBe("of the project");
    });

    it("fails when it may not read it: a pool without its code must not start", () => {
        expect(() => unpack({ REFUSAL: "AccessDenied" })).toThrow(/AccessDenied/);
    });
});
