import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseManifest } from "../../../cli/packages/manifest";
import { scenarioJob, scenarioManifest, writeScenarioPackage } from "../../node/package/package";
import { libraryVersions } from "../../node/support/release";
import { writeWheel } from "../../node/support/wheel";

const LIBRARIES = join(__dirname, "../../node/release/libraries");

/** Prints the files of a wheel, after having checked every line of its RECORD. */
const CHECK = `
import base64, csv, hashlib, io, json, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
assert wheel.testzip() is None
record = next(name for name in wheel.namelist() if name.endswith("/RECORD"))
rows = list(csv.reader(io.StringIO(wheel.read(record).decode())))
assert sorted(name for name, _, _ in rows) == sorted(wheel.namelist())
for name, digest, size in rows:
    if name != record:
        content = wheel.read(name)
        found = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        assert (digest, int(size)) == (f"sha256={found}", len(content)), name
print(json.dumps(sorted(wheel.namelist())))
`;

let folder: string;

beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hysds-release-"));
});

afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
});

describe("the release of stand-ins", () => {
    it("has wheels of the versions that the base image installs", async () => {
        const versions = await libraryVersions();
        expect(Object.keys(versions)).toEqual(["hysds", "hysds_commons", "osaka", "prov_es"]);
        const dockerfile = await readFile(
            join(__dirname, "../../../images/base/Dockerfile"),
            "utf8",
        );
        for (const [name, version] of Object.entries(versions)) {
            const argument = `${name.toUpperCase()}_VERSION`;
            expect(dockerfile).toContain(`"${name}\${${argument}:+==\${${argument}}}"`);
            expect(dockerfile).toContain(`ARG ${argument}=${version}\n`);
        }
    });

    it("has wheels that are the same each time, and complete", async () => {
        const osaka = { name: "osaka", version: "1.2.3", sources: join(LIBRARIES, "osaka") };
        const file = join(folder, "osaka-1.2.3-py3-none-any.whl");
        await writeWheel(osaka, folder);
        const first = await readFile(file);
        await writeWheel(osaka, folder);
        expect(first.equals(await readFile(file))).toBe(true);
        const { stdout } = await execa("python3", ["-c", CHECK, file]);
        expect(JSON.parse(stdout)).toEqual(
            expect.arrayContaining(["osaka/main.py", "osaka-1.2.3.dist-info/METADATA"]),
        );
    });
});

describe("the scenario's package", () => {
    it("is what hysds-ops imports, with a command that a shell runs", async () => {
        const image = { name: "container-scenario:1" };
        const manifest = scenarioManifest(image);
        expect(parseManifest(JSON.stringify(manifest))).not.toHaveProperty("problems");
        const { stdout: listed } = await execa("tar", [
            "--list",
            "--file",
            await writeScenarioPackage(image, folder),
        ]);
        expect(listed.split("\n")).toContain("container-scenario-1.sdspkg/manifest.json");
        const produce = manifest.job_specs.find(({ id }) => id === scenarioJob("produce"));
        const command = `${String(produce?.command)} 'AOI_one'`;
        const { stdout } = await execa("sh", ["-c", command], { cwd: folder });
        expect(stdout).toBe("made AOI_one");
        const dataset = await readFile(join(folder, "AOI_one/AOI_one.dataset.json"), "utf8");
        expect(JSON.parse(dataset)).toMatchObject({ version: "1.0", label: "AOI_one" });
    });
});
