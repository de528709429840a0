import * as fs from "node:fs";
import * as http from "node:http";
import { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import {
    AppsV1Api,
    CoreV1Api,
    KubeConfig,
    V1Container,
    V1Pod,
    V1Service,
    V1StatefulSet,
} from "@kubernetes/client-node";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ControlPlane, startControlPlane } from "../../workshop/engine/control-plane";
import { ensureNodeBinaries, RealNode, startRealNode } from "./support/node";
import { forgetStaleImages } from "./support/node/stale-images";
import { importTools, restricted, TOOLS_IMAGE } from "./support/tools-image";
import { NamedPods } from "./support/named-pods";

const RESTRICTED = "restricted";
const PRIVILEGED = "privileged";
const patience = { timeout: 180_000, interval: 250 };

let dir: string;
let controlPlane: ControlPlane;
let node: RealNode;
let core: CoreV1Api;
let apps: AppsV1Api;
let pods: NamedPods;
let privilegedPods: NamedPods;

beforeAll(async () => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), "hysds-node-"));
    const tools = await ensureNodeBinaries(console.log);
    controlPlane = await startControlPlane({
        dir: path.join(dir, "control-plane"),
        nodes: 0,
        onProgress: console.log,
    });
    node = await startRealNode({
        dir: path.join(dir, "node"),
        controlPlane,
        tools,
        onProgress: console.log,
    });
    await importTools(node, dir);
    const config = new KubeConfig();
    config.loadFromFile(controlPlane.kubeconfigPath);
    core = config.makeApiClient(CoreV1Api);
    apps = config.makeApiClient(AppsV1Api);
    pods = new NamedPods(config, RESTRICTED);
    privilegedPods = new NamedPods(config, PRIVILEGED);
    for (const level of [RESTRICTED, PRIVILEGED]) {
        const labels = { "pod-security.kubernetes.io/enforce": level };
        await core.createNamespace({ body: { metadata: { name: level, labels } } });
        await vi.waitFor(
            () => core.readNamespacedServiceAccount({ name: "default", namespace: level }),
            patience,
        );
    }
});

afterAll(async () => {
    await node?.stop();
    await controlPlane?.stop();
    fs.rmSync(dir, { recursive: true, force: true });
});

const WORK = { name: "work", mountPath: "/work" };

function server(name: string): V1Pod {
    return {
        metadata: { name, labels: { app: name } },
        spec: restricted({
            command: [
                "/bin/sh",
                "-c",
                "echo hello > /work/index.html; exec httpd -f -p 8080 -h /work",
            ],
            readinessProbe: {
                httpGet: { path: "/index.html", port: 8080 },
                periodSeconds: 1,
                failureThreshold: 1,
            },
            volumeMounts: [WORK],
        }),
    };
}

async function createServer(name: string): Promise<void> {
    await core.createNamespacedPod({ namespace: RESTRICTED, body: server(name) });
    await vi.waitFor(async () => expect(await pods.isReady(name)).toBe(true), patience);
}

function curl(pod: string, url: string, ...options: string[]): Promise<string> {
    return pods.exec(pod, [
        "curl",
        "--silent",
        "--show-error",
        "--fail",
        "--max-time",
        "3",
        ...options,
        url,
    ]);
}

describe("a real node", () => {
    it("runs a restricted pod, which becomes Ready by its own probe", async () => {
        await createServer("server");
        expect(await pods.exec("server", ["id"])).toBe("uid=1000 gid=1000 groups=1000");
        expect(await pods.exec("server", ["stat", "-c", "%g %a", "/work"])).toMatch(/^1000 2777$/);
        await expect(pods.exec("server", ["touch", "/file"])).rejects.toThrow(
            "Read-only file system",
        );
        const status = await pods.exec("server", ["cat", "/proc/1/status"]);
        expect(status).toMatch(/^Seccomp:\s+2$/m);
        expect(status).toMatch(/^CapBnd:\s+0+$/m);
    });

    it("serves a Service by its name, to other pods and to the pod behind it", async () => {
        const body: V1Service = {
            metadata: { name: "web" },
            spec: { selector: { app: "server" }, ports: [{ port: 80, targetPort: 8080 }] },
        };
        await core.createNamespacedService({ namespace: RESTRICTED, body });
        await createServer("client");
        const get = (pod: string): Promise<string> =>
            curl(pod, `http://web.${RESTRICTED}/index.html`);
        await vi.waitFor(async () => expect(await get("client")).toBe("hello"), patience);
        expect(await get("server")).toBe("hello");
    });

    it("lets pods call the API server by the Service kubernetes, by its certificate", async () => {
        const address = await pods.exec("client", [
            "nslookup",
            "kubernetes.default.svc.cluster.local",
        ]);
        expect(address).toContain("10.96.0.1");
        const account = "/var/run/secrets/kubernetes.io/serviceaccount";
        const token = await pods.exec("client", ["cat", `${account}/token`]);
        const options = ["--cacert", `${account}/ca.crt`, "-H", `Authorization: Bearer ${token}`];
        expect(
            await curl("client", "https://kubernetes.default.svc/version", ...options),
        ).toContain("gitVersion");
    });

    it("lets no pod call the kubelet", async () => {
        const url = `https://${node.bridgeAddress}:10250/pods`;
        await expect(curl("client", url, "--insecure")).rejects.toThrow("timed out");
    });

    it("takes a pod whose probe fails out of the Service, and back, without a restart", async () => {
        await pods.exec("server", ["rm", "/work/index.html"]);
        await vi.waitFor(async () => expect(await pods.isReady("server")).toBe(false), patience);
        await pods.exec("server", ["sh", "-c", "echo again > /work/index.html"]);
        await vi.waitFor(async () => expect(await pods.isReady("server")).toBe(true), patience);
        const { status } = await pods.read("server");
        expect(status?.containerStatuses?.[0]?.restartCount).toBe(0);
    });

    it("starts a killed container again in the same pod", async () => {
        const before = await pods.read("server");
        const id =
            before.status?.containerStatuses?.[0]?.containerID?.replace("containerd://", "") ?? "";
        await node.ctr(["tasks", "kill", "--signal", "SIGKILL", id]);
        await vi.waitFor(async () => {
            const { metadata, status } = await pods.read("server");
            expect(metadata?.uid).toBe(before.metadata?.uid);
            expect(status?.containerStatuses?.[0]).toMatchObject({ restartCount: 1, ready: true });
        }, patience);
    });

    it("ends a container that takes more memory than its limit", async () => {
        const command = ["/bin/sh", "-c", "x=0123456789abcdef; while :; do x=$x$x; done"];
        const body: V1Pod = {
            metadata: { name: "eater" },
            spec: { ...restricted({ command }), restartPolicy: "Never" },
        };
        await core.createNamespacedPod({ namespace: RESTRICTED, body });
        await vi.waitFor(async () => {
            const { status } = await pods.read("eater");
            expect(status?.containerStatuses?.[0]?.state?.terminated?.reason).toBe("OOMKilled");
        }, patience);
    });

    it("keeps the data of a StatefulSet's volume over its pods, and deletes it with the claim", async () => {
        await apps.createNamespacedStatefulSet({ namespace: RESTRICTED, body: store() });
        await vi.waitFor(async () => expect(await pods.isReady("store-0")).toBe(true), patience);
        const first = (await pods.read("store-0")).metadata?.uid;
        expect(await pods.exec("store-0", ["stat", "-c", "%g %a", "/data"])).toBe("1000 2775");
        await pods.exec("store-0", ["sh", "-c", "echo kept > /data/file"]);
        await core.deleteNamespacedPod({ namespace: RESTRICTED, name: "store-0" });
        await vi.waitFor(async () => {
            expect((await pods.read("store-0")).metadata?.uid).not.toBe(first);
            expect(await pods.isReady("store-0")).toBe(true);
        }, patience);
        expect(await pods.exec("store-0", ["cat", "/data/file"])).toBe("kept");
        await apps.deleteNamespacedStatefulSet({ namespace: RESTRICTED, name: "store" });
        await core.deleteNamespacedPersistentVolumeClaim({
            namespace: RESTRICTED,
            name: "data-store-0",
        });
        const volumes = path.join(dir, "node", "var-lib", "volumes");
        await vi.waitFor(() => expect(fs.readdirSync(volumes)).toEqual([]), patience);
    });

    it("refuses a privileged pod where Pod Security is restricted, and runs it where it is privileged", async () => {
        const command = ["/bin/sh", "-c", "mount -t tmpfs none /mnt && exec sleep 3600"];
        const container: V1Container = {
            name: "main",
            image: TOOLS_IMAGE,
            command: ["/bin/sh", "-c", `mkdir -p /mnt; ${command[2]}`],
            securityContext: { privileged: true },
        };
        const body: V1Pod = { metadata: { name: "root" }, spec: { containers: [container] } };
        await expect(core.createNamespacedPod({ namespace: RESTRICTED, body })).rejects.toThrow(
            "violates PodSecurity",
        );
        await core.createNamespacedPod({ namespace: PRIVILEGED, body });
        await vi.waitFor(
            async () => expect(await privilegedPods.isReady("root")).toBe(true),
            patience,
        );
    });

    it("forgets an image that the registry has another of by now, and no other", async () => {
        const names = async () => (await node.ctr(["images", "list", "--quiet"])).split("\n");
        const [, repository, tag] = /^[^/]+\/(.+):(.+)$/.exec(TOOLS_IMAGE) ?? [];
        const asked: string[] = [];
        let digest: string | undefined;
        const registry = http.createServer(({ url = "" }, response) => {
            asked.push(url);
            const isKnown = digest !== undefined && url === `/v2/${repository}/manifests/${tag}`;
            response
                .writeHead(isKnown ? 200 : 404, { "docker-content-digest": digest ?? "" })
                .end();
        });
        await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
        const { port } = registry.address() as AddressInfo;
        try {
            const before = await names();
            await forgetStaleImages(node, `http://127.0.0.1:${port}`);
            expect(asked).toContain(`/v2/${repository}/manifests/${tag}`);
            expect(await names()).toEqual(before);
            digest = "sha256:another";
            await forgetStaleImages(node, `http://127.0.0.1:${port}`);
            expect(await names()).toEqual(before.filter((name) => name !== TOOLS_IMAGE));
        } finally {
            await new Promise((resolve) => registry.close(resolve));
        }
    });

    it("leaves nothing when it is stopped", async () => {
        expect(await leftovers(node)).not.toEqual([]);
        await node.stop();
        expect(await leftovers(node)).toEqual([]);
    });
});

/** One volume that a pod of user 1000 writes to. */
function store(): V1StatefulSet {
    const spec = restricted({
        command: ["/bin/sleep", "3600"],
        volumeMounts: [{ name: "data", mountPath: "/data" }],
    });
    return {
        metadata: { name: "store" },
        spec: {
            serviceName: "store",
            selector: { matchLabels: { app: "store" } },
            template: { metadata: { labels: { app: "store" } }, spec },
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
    };
}

/** Processes, mounts, interfaces and control groups of a node, as this machine sees them. */
async function leftovers({ cgroup, hostAddress }: RealNode): Promise<string[]> {
    const { stdout: processes } = await execa("ps", ["-eo", "pid,args"]);
    const { stdout: addresses } = await execa("ip", ["-oneline", "address"]);
    const { stdout: groups } = await execa("find", [
        "/sys/fs/cgroup",
        "-type",
        "d",
        "-name",
        cgroup,
    ]);
    const mounts = fs.readFileSync("/proc/self/mountinfo", "utf8");
    const marks = [path.join(dir, "node"), `${hostAddress}/`, cgroup];
    return [processes, addresses, groups, mounts]
        .flatMap((text) => text.split("\n"))
        .filter((line) => marks.some((mark) => line.includes(mark)));
}
