import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { KubeConfig } from "@kubernetes/client-node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";

import { startControlPlane, stopControlPlane } from "../../../workshop/engine/control-plane";
import {
    ensureCredentials,
    renderKubeconfig,
} from "../../../workshop/engine/control-plane/credentials";
import { layoutOf } from "../../../workshop/engine/control-plane/layout";
import { planOf } from "../../../workshop/engine/control-plane/plan";
import { ControlPlaneError } from "../../../workshop/engine/errors";
import { writeJson } from "../../../workshop/engine/files";
import { end, identify, isRunning } from "../../../workshop/engine/processes";

let dir: string;
beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "hysds-cp-unit-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const binaries = {
    etcd: "/b/etcd",
    kubeApiserver: "/b/kube-apiserver",
    kubeControllerManager: "/b/kube-controller-manager",
    kubeScheduler: "/b/kube-scheduler",
    kwok: "/b/kwok",
};

describe("credentials", () => {
    it("stay the same from one start to the next, and are the owner's alone", () => {
        const layout = layoutOf(dir);
        const first = ensureCredentials(layout);
        expect(ensureCredentials(layout)).toEqual(first);
        expect(new Set(Object.values(first)).size).toBe(4);
        expect(statSync(layout.tokens).mode & 0o077).toBe(0);
        expect(statSync(layout.serviceAccountKey).mode & 0o077).toBe(0);
    });

    it("make a kubeconfig that a Kubernetes client reads, with nothing outside it", () => {
        const text = renderKubeconfig("https://127.0.0.1:1", "t0ken", { content: "CERT" });
        const config = new KubeConfig();
        config.loadFromString(text);
        expect(config.getCurrentContext()).toBe("hysds-embedded");
        expect(config.getCurrentCluster()).toMatchObject({
            server: "https://127.0.0.1:1",
            skipTLSVerify: false,
            caData: Buffer.from("CERT").toString("base64"),
        });
        expect(config.getCurrentUser()?.token).toBe("t0ken");
    });
});

describe("the plan", () => {
    it("has no secret on a command line and no address but loopback", () => {
        const layout = layoutOf(dir);
        const tokens = ensureCredentials(layout);
        const plan = planOf(layout, binaries, 4242, tokens, true);
        const line = plan.processes.flatMap(({ args }) => args).join(" ");
        Object.values(tokens).forEach((token) => expect(line).not.toContain(token));
        expect(line).toContain("--secure-port=4242");
        expect(line).not.toMatch(/0\.0\.0\.0|https?:\/\/(?!127\.0\.0\.1|kubernetes\.default)/);
    });

    it("simulates with stages that are valid YAML and named differently", () => {
        const file = join(__dirname, "../../../workshop/engine/control-plane/simulation.yaml");
        const stages = parseAllDocuments(readFileSync(file, "utf8"));
        expect(stages.flatMap(({ errors }) => errors)).toEqual([]);
        const names = stages.map((stage) => stage.getIn(["metadata", "name"]));
        expect(new Set(names).size).toBe(names.length);
    });
});

describe("processes", () => {
    const sleeper = (): number => {
        const child = spawn("sleep", ["60"], { stdio: "ignore" });
        return child.pid ?? 0;
    };

    it("ends exactly the process that was meant", async () => {
        const identity = identify(sleeper());
        expect(identity).toBeDefined();
        if (identity !== undefined) {
            await end({ ...identity, startedAt: "another time" }, 1000);
            expect(isRunning(identity)).toBe(true);
            await end(identity, 1000);
            expect(isRunning(identity)).toBe(false);
        }
    });

    it("are ended by stop also when their supervisor was killed", async () => {
        const orphan = identify(sleeper());
        const supervisor = { pid: 2 ** 22, startedAt: "gone" };
        const processes = [{ ...orphan, name: "etcd" }];
        writeJson(layoutOf(dir).state, { phase: "running", supervisor, processes });
        expect(await stopControlPlane(dir)).toBe(true);
        expect(orphan && isRunning(orphan)).toBe(false);
        expect(await stopControlPlane(dir)).toBe(false);
    });
});

describe("startControlPlane", () => {
    const start = (port?: number): Promise<unknown> =>
        startControlPlane({
            dir,
            port,
            onProgress: () => undefined,
            toolchain: { controlPlane: { ...binaries, etcd: "/usr/bin/false" } },
        }).catch((error: unknown) => error);

    it("says which port is taken", async () => {
        const server = createServer();
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as { port: number };
        const failure = await start(port);
        server.close();
        expect(failure).toBeInstanceOf(ControlPlaneError);
        expect((failure as Error).message).toMatch(`port ${port} is taken on 127.0.0.1`);
    });

    it("says which process did not start", async () => {
        const failure = await start();
        expect(failure).toBeInstanceOf(ControlPlaneError);
        expect((failure as Error).message).toMatch(/^(etcd|kube-apiserver) ended \(.*its log is /);
    });
});
