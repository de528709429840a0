import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import {
    AppsV1Api,
    BatchV1Api,
    CoreV1Api,
    KubeConfig,
    type V1PodTemplateSpec,
} from "@kubernetes/client-node";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import {
    type ControlPlane,
    startControlPlane,
    stopControlPlane,
} from "../../workshop/engine/control-plane";
import { identify } from "../../workshop/engine/processes";
import { ensureControlPlaneBinaries } from "../../workshop/engine/toolchain";

const onProgress = (line: string): void => console.log(line);
const alive = (pids: readonly number[]): number[] =>
    pids.filter((pid) => identify(pid) !== undefined);
const patience = { timeout: 30_000, interval: 200 };

let dir: string;
beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "hysds-cp-e2e-"));
});
afterEach(async () => {
    await stopControlPlane(dir);
    rmSync(dir, { recursive: true });
});

const template = (app: string, restartPolicy?: string): V1PodTemplateSpec => ({
    metadata: { labels: { app } },
    spec: {
        restartPolicy,
        initContainers: [{ name: "init", image: "example.org/init" }],
        containers: [
            {
                name: "main",
                image: "example.org/main",
                volumeMounts: app === "store" ? [{ name: "data", mountPath: "/data" }] : [],
            },
        ],
    },
});

const NAMESPACE = "trial";
const meta = (name: string): { name: string; namespace: string } => ({
    name,
    namespace: NAMESPACE,
});

async function createWorkloads(config: KubeConfig): Promise<void> {
    const core = config.makeApiClient(CoreV1Api);
    const apps = config.makeApiClient(AppsV1Api);
    await core.createNamespace({ body: { metadata: { name: NAMESPACE } } });
    await apps.createNamespacedDeployment({
        namespace: NAMESPACE,
        body: {
            metadata: meta("web"),
            spec: {
                replicas: 2,
                selector: { matchLabels: { app: "web" } },
                template: template("web"),
            },
        },
    });
    await apps.createNamespacedStatefulSet({
        namespace: NAMESPACE,
        body: {
            metadata: meta("store"),
            spec: {
                serviceName: "store",
                replicas: 2,
                selector: { matchLabels: { app: "store" } },
                template: template("store"),
                volumeClaimTemplates: [
                    {
                        metadata: { name: "data" },
                        spec: {
                            accessModes: ["ReadWriteOnce"],
                            resources: { requests: { storage: "1Gi" } },
                        },
                    },
                ],
            },
        },
    });
    await config.makeApiClient(BatchV1Api).createNamespacedJob({
        namespace: NAMESPACE,
        body: { metadata: meta("once"), spec: { template: template("once", "Never") } },
    });
    await core.createNamespacedService({
        namespace: NAMESPACE,
        body: {
            metadata: meta("web"),
            spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }] },
        },
    });
}

async function expectWorkloadsReady(config: KubeConfig): Promise<void> {
    const core = config.makeApiClient(CoreV1Api);
    const apps = config.makeApiClient(AppsV1Api);
    const [web, store, once, service, volumes] = await Promise.all([
        apps.readNamespacedDeployment(meta("web")),
        apps.readNamespacedStatefulSet(meta("store")),
        config.makeApiClient(BatchV1Api).readNamespacedJob(meta("once")),
        core.readNamespacedService(meta("web")),
        core.listPersistentVolume(),
    ]);
    expect(web.status?.availableReplicas).toBe(2);
    expect(store.status?.readyReplicas).toBe(2);
    expect(once.status?.succeeded).toBe(1);
    expect(service.status?.loadBalancer?.ingress?.[0]?.ip).toMatch(/^127\./);
    expect(volumes.items.map(({ status }) => status?.phase)).toEqual(["Bound", "Bound"]);
}

const configOf = (controlPlane: Pick<ControlPlane, "kubeconfigPath">): KubeConfig => {
    const config = new KubeConfig();
    config.loadFromFile(controlPlane.kubeconfigPath);
    return config;
};

it("runs workloads, keeps its data and its address over a restart, and leaves no process", async () => {
    const first = await startControlPlane({ dir, onProgress });
    const config = configOf(first);
    await createWorkloads(config);
    await vi.waitFor(() => expectWorkloadsReady(config), patience);

    await first.stop();
    expect(alive(first.pids)).toEqual([]);

    const second = await startControlPlane({ dir, onProgress });
    expect(second.serverUrl).toBe(first.serverUrl);
    await vi.waitFor(() => expectWorkloadsReady(config), patience);
    const core = config.makeApiClient(CoreV1Api);
    await core.deleteNamespace({ name: NAMESPACE });
    await vi.waitFor(async () => {
        expect((await core.listPersistentVolume()).items).toEqual([]);
        await expect(core.readNamespace({ name: NAMESPACE })).rejects.toMatchObject({ code: 404 });
    }, patience);

    await second.stop();
    expect(alive(second.pids)).toEqual([]);
});

describe("a control plane ends", () => {
    it("when one of its processes dies, and tells which", async () => {
        const controlPlane = await startControlPlane({ dir, onProgress, lifetime: "detached" });
        const again = await startControlPlane({ dir, onProgress, lifetime: "detached" });
        expect(again.pids).toEqual(controlPlane.pids);
        process.kill(controlPlane.pids.at(-1) ?? 0, "SIGKILL");
        await vi.waitFor(() => expect(alive(controlPlane.pids)).toEqual([]), patience);
        expect(readFileSync(join(dir, "state.json"), "utf8")).toContain("kwok ended (SIGKILL");
    });

    it("when it is told to while it starts", async () => {
        const abort = new AbortController();
        const starting = startControlPlane({ dir, onProgress, signal: abort.signal });
        setTimeout(() => abort.abort(new Error("told to")), 1500);
        await expect(starting).rejects.toThrow("told to");
        expect(await stopControlPlane(dir)).toBe(false);
    });

    it("when the process that started it is killed", async () => {
        await ensureControlPlaneBinaries({ onProgress });
        const parent = spawn(
            process.execPath,
            ["--import", pathToFileURL(require.resolve("tsx")).href, "-e", parentProgram()],
            { stdio: ["ignore", "pipe", "inherit"], cwd: join(__dirname, "../..") },
        );
        const pids = await firstJsonLine<number[]>(parent.stdout);
        expect(alive(pids)).toEqual(pids);
        parent.kill("SIGKILL");
        await vi.waitFor(() => expect(alive(pids)).toEqual([]), patience);
    });
});

function parentProgram(): string {
    const options = `{ dir: ${JSON.stringify(dir)}, onProgress: () => undefined }`;
    return (
        `require("./workshop/engine/control-plane").startControlPlane(${options})` +
        ".then(({ pids }) => { console.log(JSON.stringify(pids)); setInterval(() => 0, 1000); });"
    );
}

function firstJsonLine<T>(stream: NodeJS.ReadableStream): Promise<T> {
    return new Promise((resolve, reject) => {
        let text = "";
        stream.on("data", (chunk: Buffer) => {
            text += chunk.toString();
            const [line, rest] = text.split("\n", 2);
            if (line !== undefined && rest !== undefined) {
                resolve(JSON.parse(line) as T);
            }
        });
        stream.on("end", () => reject(new Error("the process ended before it said anything")));
    });
}
