import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { cacheKey, cacheRoot } from "../../../workshop/engine/toolchain/cache";
import type { Tool } from "../../../workshop/engine/toolchain/catalog";
import { compareVersions } from "../../../workshop/engine/toolchain/go-modules";
import { lockedVersion } from "../../../workshop/engine/toolchain/versions";

const LINUX = { platform: "linux", arch: "x64" };

let modules: string;
beforeEach(() => {
    modules = mkdtempSync(join(tmpdir(), "hysds-modules-"));
    mkdirSync(join(modules, "m", "inner"), { recursive: true });
    writeFileSync(join(modules, "m", "go.mod"), "module m\n");
    writeFileSync(join(modules, "m", "inner", "main.go"), "package main\n");
});
afterEach(() => rmSync(modules, { recursive: true }));

const tool: Tool = {
    id: "kwok",
    title: "kwok",
    version: "1.2.3",
    binaries: ["kwok"],
    downloads: [],
    builds: [{ module: "m", package: ".", output: "kwok" }],
};
const key = (of = tool, machine = LINUX): string =>
    cacheKey(of, machine, (name) => join(modules, name));

describe("cacheKey", () => {
    it("is the same for the same tool, and names its version", () => {
        expect(key()).toBe(key());
        expect(key()).toMatch(/^1\.2\.3-[0-9a-f]{12}$/);
    });

    it("changes with version, machine, link-time variables, and any file of the Go module", () => {
        const keys = new Set([
            key(),
            key({ ...tool, version: "1.2.4" }),
            key(tool, { platform: "linux", arch: "arm64" }),
            key({
                ...tool,
                builds: [{ module: "m", package: ".", output: "kwok", variables: { v: "1" } }],
            }),
        ]);
        writeFileSync(join(modules, "m", "inner", "main.go"), "package main // changed\n");
        keys.add(key());
        expect(keys.size).toBe(5);
    });
});

describe("cacheRoot", () => {
    it.each([
        [{ HYSDS_PULUMI_CACHE: "/c", XDG_CACHE_HOME: "/x", HOME: "/h" }, "/c"],
        [{ XDG_CACHE_HOME: "/x", HOME: "/h" }, "/x/hysds-pulumi"],
        [{ HOME: "/h" }, "/h/.cache/hysds-pulumi"],
    ])("with %o is %s", (env, expected) => {
        expect(cacheRoot(env)).toBe(expected);
    });
});

describe("lockedVersion", () => {
    it("reads the lockfile, and names the remedy when it cannot", () => {
        expect(lockedVersion("@pulumi/pulumi")).toMatch(/^3\.\d+\.\d+$/);
        expect(() => lockedVersion("no-such-package")).toThrow(/no-such-package: run npm install$/);
        expect(() => lockedVersion("x", "/nowhere/lock.json")).toThrow(/^\/nowhere.*npm install$/);
    });
});

it.each([
    ["1.26.8", "1.26", 1],
    ["1.9", "1.26.0", -1],
    ["1.25.11", "1.25.9", 1],
    ["1.26", "1.26.0", 0],
])("Go %s against %s", (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
});
