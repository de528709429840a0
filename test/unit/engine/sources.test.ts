import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import {
    chmodSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { Download, Tool } from "../../../workshop/engine/toolchain/catalog";
import { findInstalled } from "../../../workshop/engine/toolchain/installed";
import { DownloadProbe, downloadTool } from "../../../workshop/engine/toolchain/official";

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hysds-sources-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const toolWith = (fields: Partial<Tool>): Tool => ({
    id: "etcd",
    title: "etcd v1.2.3",
    version: "1.2.3",
    binaries: ["etcd"],
    versionArgs: ["--version"],
    downloads: [],
    builds: [],
    ...fields,
});

describe("findInstalled", () => {
    const install = (bin: string, version: string): NodeJS.ProcessEnv => {
        mkdirSync(join(folder, bin));
        const file = join(folder, bin, "etcd");
        writeFileSync(file, `#!/bin/sh\necho "etcd Version: ${version}"\n`);
        chmodSync(file, 0o755);
        return { PATH: join(folder, bin) };
    };

    it.each(["1.2.3", "v1.2.3"])("takes a tool that prints %s", async (printed) => {
        expect(await findInstalled(toolWith({}), install("bin", printed))).toBe(
            join(folder, "bin"),
        );
    });

    it("leaves another version, an incomplete tool, and a folder that is not a bin", async () => {
        const env = install("bin", "1.2.30");
        expect(await findInstalled(toolWith({}), env)).toBeUndefined();
        const two = toolWith({ version: "1.2.30", binaries: ["etcd", "etcdctl"] });
        expect(await findInstalled(two, env)).toBeUndefined();
        expect(await findInstalled(toolWith({}), install("tools", "1.2.3"))).toBeUndefined();
    });

    it("takes a plugin from the user's Pulumi home, unless its installation was cut short", async () => {
        const plugin = join(folder, "plugins", "resource-random-v1.2.3");
        mkdirSync(plugin, { recursive: true });
        writeFileSync(join(plugin, "pulumi-resource-random"), "", { mode: 0o755 });
        const tool = toolWith({ plugin: "random", binaries: ["pulumi-resource-random"] });
        const env = { PULUMI_HOME: folder };
        expect(await findInstalled(tool, env)).toBe(plugin);
        writeFileSync(`${plugin}.partial`, "");
        expect(await findInstalled(tool, env)).toBeUndefined();
    });
});

describe("downloads", () => {
    let server: Server;
    let base: string;
    const files = new Map<string, Buffer>();

    beforeEach(async () => {
        files.clear();
        server = createServer((request, response) => {
            const content = files.get(request.url ?? "");
            response.writeHead(content === undefined ? 404 : 200).end(content);
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterEach(() => new Promise((resolve) => server.close(resolve)));

    const executable = (): Download => ({
        url: `${base}/etcd`,
        kind: "executable",
        saveAs: "etcd",
        sha256Url: `${base}/etcd.sha256`,
    });

    it("saves an executable whose checksum is right", async () => {
        files.set("/etcd", Buffer.from("program"));
        const sum = createHash("sha256").update("program").digest("hex");
        files.set("/etcd.sha256", Buffer.from(`${sum}\n`));
        await downloadTool(toolWith({ downloads: [executable()] }), folder);
        expect(readFileSync(join(folder, "etcd"), "utf8")).toBe("program");
        expect(statSync(join(folder, "etcd")).mode & 0o111).not.toBe(0);
    });

    it("refuses a file whose checksum is wrong", async () => {
        files.set("/etcd", Buffer.from("tampered"));
        files.set("/etcd.sha256", Buffer.from("0".repeat(64)));
        const download = downloadTool(toolWith({ downloads: [executable()] }), folder);
        await expect(download).rejects.toThrow(/etcd is damaged: SHA-256 is/);
    });

    it("finds the executables in an archive, wherever in it they are", async () => {
        mkdirSync(join(folder, "release", "deep"), { recursive: true });
        writeFileSync(join(folder, "release", "deep", "etcd"), "packed");
        execFileSync("tar", ["-czf", join(folder, "a.tgz"), "-C", folder, "release"]);
        files.set("/a.tgz", readFileSync(join(folder, "a.tgz")));
        const downloads: Download[] = [{ url: `${base}/a.tgz`, kind: "archive" }];
        const target = join(folder, "target");
        mkdirSync(target);
        await downloadTool(toolWith({ downloads }), target);
        expect(readFileSync(join(target, "etcd"), "utf8")).toBe("packed");
        const other = toolWith({ downloads, binaries: ["missing"] });
        await expect(downloadTool(other, target)).rejects.toThrow(/holds no missing$/);
    });

    it("are offered only when every file of the tool can be had", async () => {
        files.set("/etcd", Buffer.from("program"));
        const there = executable();
        const absent = { ...there, url: `${base}/absent` };
        const complete = toolWith({ downloads: [there] });
        const partial = toolWith({ downloads: [there, absent] });
        const nothing = toolWith({});
        const probe = new DownloadProbe([complete, partial, nothing]);
        expect(await probe.canDownload(complete)).toBe(true);
        expect(await probe.canDownload(partial)).toBe(false);
        expect(await probe.canDownload(nothing)).toBe(false);
    });
});
