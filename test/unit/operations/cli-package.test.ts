import * as fs from "node:fs";
import { isBuiltin } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import { execa } from "execa";
import * as tar from "tar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = path.resolve(__dirname, "../../..");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "hysds-ops-"));
const installed = path.join(folder, "node_modules/hysds-ops");

interface Manifest {
    readonly bin: Readonly<Record<string, string>>;
    readonly dependencies: Readonly<Record<string, string>>;
}

function manifest(): Manifest {
    return JSON.parse(fs.readFileSync(path.join(installed, "package.json"), "utf8")) as Manifest;
}

/** What `npm install` of the tarball gives, with the packages that this repository has at the versions it names. */
beforeAll(async () => {
    const pack = ["pack", "--json", "--pack-destination", folder];
    const { stdout } = await execa("npm", pack, { cwd: path.join(ROOT, "cli") });
    const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf("["))) as [{ filename: string }];
    fs.mkdirSync(installed, { recursive: true });
    await tar.extract({ file: path.join(folder, filename), cwd: installed, strip: 1 });
    for (const name of Object.keys(manifest().dependencies)) {
        const place = path.join(folder, "node_modules", name);
        fs.mkdirSync(path.dirname(place), { recursive: true });
        fs.symlinkSync(path.join(ROOT, "node_modules", name), place);
    }
}, 180_000);

afterAll(() => fs.rmSync(folder, { recursive: true }));

function operate(...args: string[]) {
    const program = path.join(installed, manifest().bin["hysds-ops"] ?? "");
    const env = { HYSDS_PULUMI_STATE: path.join(folder, "state"), KUBECONFIG: "" };
    return execa("node", [program, ...args], { cwd: folder, env, reject: false });
}

describe("hysds-ops, packed and installed without the rest of the repository", () => {
    it("says what it can do", async () => {
        const { stdout, stderr, exitCode } = await operate("--help");
        expect(stderr).toBe("");
        expect(exitCode).toBe(0);
        expect(stdout).toContain("doctor");
    });

    it("looks for the installation of a kubeconfig", async () => {
        const { stdout, exitCode } = await operate("--kubeconfig", "none.yaml", "doctor");
        expect(stdout).toContain("none.yaml");
        expect(exitCode).toBe(1);
    });

    it("asks the Pulumi CLI of the PATH for a stack", async () => {
        const program = path.join(installed, "bin.js");
        const { stderr, exitCode } = await execa(
            process.execPath,
            [program, "--stack", "dev", "status"],
            { cwd: folder, env: { PATH: folder }, reject: false },
        );
        expect(stderr).toMatch(/^error: the Pulumi CLI is not on the PATH/);
        expect(exitCode).toBe(1);
    });

    it("has the program that makes the image of the first job", () => {
        expect(fs.existsSync(path.join(installed, "dist/make_image.py"))).toBe(true);
    });

    it("names every package that it loads, and has nothing of the stack's components", () => {
        const program = fs.readFileSync(path.join(installed, "dist/main.js"), "utf8");
        const loaded = [...program.matchAll(/\b(?:require|import)\("((?:@[^/"]+\/)?[^/"]+)/g)]
            .map(([, name = ""]) => name)
            .filter((name) => !isBuiltin(name));
        expect([...new Set(loaded)].sort()).toEqual(Object.keys(manifest().dependencies).sort());
        expect(program).not.toMatch(/^\/\/ \.\.\/(?!contract\/)/m);
    });
});
