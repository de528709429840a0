import { PassThrough } from "node:stream";
import {
    AppsV1Api,
    AuthenticationV1Api,
    CoreV1Api,
    Exec,
    KubeConfig,
    PatchStrategy,
    setHeaderOptions,
    V1Pod,
    V1Status,
    V1TokenReviewStatus,
} from "@kubernetes/client-node";
import { expect, vi } from "vitest";
import { Endings } from "./endings";

const HYSDS = "app.kubernetes.io/part-of=hysds";

/** The pods of an installation, as the API server and the node's kubelet tell of them. */
export class Pods {
    private readonly config = new KubeConfig();
    private readonly core: CoreV1Api;

    constructor(kubeconfig: string) {
        this.config.loadFromFile(kubeconfig);
        this.core = this.config.makeApiClient(CoreV1Api);
    }

    async all(): Promise<V1Pod[]> {
        const { items } = await this.core.listPodForAllNamespaces({ labelSelector: HYSDS });
        return items;
    }

    /** The pods of a workload, by its name in the catalogue; those that are ending left out. */
    async of(workload: string): Promise<V1Pod[]> {
        return (await this.all()).filter(
            ({ metadata }) =>
                metadata?.labels?.["app.kubernetes.io/name"] === workload &&
                !metadata.deletionTimestamp,
        );
    }

    /**
     * The one pod of a workload.
     *
     * @throws AssertionError when it has none, or several
     */
    async one(workload: string): Promise<V1Pod> {
        const pods = await this.of(workload);
        expect(pods.map(nameOf), workload).toHaveLength(1);
        return pods[0] as V1Pod;
    }

    /** Waits until every pod is Ready or, of a Job, has ended well. */
    async untilReady(minutes = 5): Promise<void> {
        await vi.waitFor(
            async () => {
                const pods = await this.all();
                expect(pods.filter((pod) => !isFine(pod)).map(nameOf)).toEqual([]);
            },
            { timeout: minutes * 60_000, interval: 1000 },
        );
    }

    /** Waits until each of these pods is Ready, or until none of them is. */
    async untilReadiness(pods: readonly V1Pod[], ready: boolean, minutes: number): Promise<void> {
        const names = pods.map(nameOf);
        await vi.waitFor(
            async () => {
                const now = (await this.all()).filter((pod) => isReady(pod) === ready).map(nameOf);
                expect(now, `ready: ${ready}`).toEqual(expect.arrayContaining(names));
            },
            { timeout: minutes * 60_000, interval: 1000 },
        );
    }

    /** What every container of every pod has written, by `pod/container`, its earlier lives included. */
    async logs(): Promise<Map<string, string>> {
        const logs = new Map<string, string>();
        for (const pod of await this.all()) {
            const statuses = [
                ...(pod.status?.initContainerStatuses ?? []),
                ...(pod.status?.containerStatuses ?? []),
            ];
            for (const { name, restartCount } of statuses) {
                const which = `${nameOf(pod)}/${name}`;
                logs.set(which, await this.log(pod, name, false));
                if (restartCount > 0) {
                    logs.set(`${which} before`, await this.log(pod, name, true));
                }
            }
        }
        return logs;
    }

    private log(pod: V1Pod, container: string, previous: boolean): Promise<string> {
        const namespace = pod.metadata?.namespace ?? "";
        return this.core.readNamespacedPodLog({
            name: pod.metadata?.name ?? "",
            namespace,
            container,
            previous,
        });
    }

    /**
     * Does something while no new pod comes to any node, as a drain does first. Else what takes the place of pods that
     * end takes their node's processors, too.
     */
    async whileCordoned(work: () => Promise<void>): Promise<void> {
        const { items } = await this.core.listNode();
        const cordon = (unschedulable: boolean) =>
            Promise.all(
                items.map(({ metadata }) =>
                    this.core.patchNode(
                        { name: metadata?.name ?? "", body: { spec: { unschedulable } } },
                        setHeaderOptions("Content-Type", PatchStrategy.StrategicMergePatch),
                    ),
                ),
            );
        await cordon(true);
        try {
            await work();
        } finally {
            await cordon(false);
        }
    }

    /** Makes a pod, and waits until its containers run. */
    async create(body: V1Pod): Promise<V1Pod> {
        const namespace = body.metadata?.namespace ?? "";
        const { metadata } = await this.core.createNamespacedPod({ namespace, body });
        const name = metadata?.name ?? "";
        return vi.waitFor(
            async () => {
                const pod = await this.core.readNamespacedPod({ name, namespace });
                expect(isReady(pod), `${nameOf(pod)} is ready`).toBe(true);
                return pod;
            },
            { timeout: 180_000, interval: 1000 },
        );
    }

    /** What the API server says of a token, as whoever it is for asks it. */
    async review(token: string, audiences: string[]): Promise<V1TokenReviewStatus> {
        const body = { spec: { token, audiences } };
        const { status } = await this.config
            .makeApiClient(AuthenticationV1Api)
            .createTokenReview({ body });
        return status ?? {};
    }

    /** Ends a pod as a node drain does: SIGTERM, and SIGKILL after the grace period. */
    async end(pod: V1Pod): Promise<void> {
        const { name = "", namespace = "" } = pod.metadata ?? {};
        await this.core.deleteNamespacedPod({ name, namespace });
    }

    /**
     * Ends pods all at once, and waits until each is gone, which may take it its whole grace period.
     *
     * @returns the containers that had to be killed
     */
    async endAll(pods: readonly V1Pod[]): Promise<readonly string[]> {
        const endings = new Endings(this.config);
        await endings.start(HYSDS);
        await Promise.all(pods.map((pod) => this.end(pod)));
        for (const pod of pods) {
            await this.untilGone(pod, (pod.spec?.terminationGracePeriodSeconds ?? 30) + 60);
        }
        return endings.stop();
    }

    /** Waits until a pod is gone. */
    async untilGone(pod: V1Pod, seconds: number): Promise<void> {
        const uid = pod.metadata?.uid;
        await vi.waitFor(
            async () => {
                const uids = (await this.all()).map(({ metadata }) => metadata?.uid);
                expect(uids, `${nameOf(pod)} is still there`).not.toContain(uid);
            },
            { timeout: seconds * 1000, interval: 500 },
        );
    }

    /** Has a Deployment make its pods anew, as `kubectl rollout restart` does. */
    async rollOut(pod: V1Pod): Promise<void> {
        const { namespace = "", labels } = pod.metadata ?? {};
        const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString() };
        await this.config.makeApiClient(AppsV1Api).patchNamespacedDeployment(
            {
                name: labels?.["app.kubernetes.io/name"] ?? "",
                namespace,
                body: { spec: { template: { metadata: { annotations } } } },
            },
            setHeaderOptions("Content-Type", PatchStrategy.StrategicMergePatch),
        );
    }

    /** Runs a command in a container, and returns what it writes. */
    async run(pod: V1Pod, container: string, command: readonly string[]): Promise<string> {
        const { name = "", namespace = "" } = pod.metadata ?? {};
        const written = new PassThrough();
        const chunks: Buffer[] = [];
        written.on("data", (chunk: Buffer) => chunks.push(chunk));
        const exec = new Exec(this.config);
        const status = await new Promise<V1Status>((resolve, reject) => {
            exec.exec(
                namespace,
                name,
                container,
                [...command],
                written,
                written,
                null,
                false,
                resolve,
            ).catch(reject);
        });
        const text = Buffer.concat(chunks).toString();
        if (status.status !== "Success") {
            throw new Error(`${command.join(" ")}: ${status.message}: ${text}`);
        }
        return text;
    }

    /** Sets how many pods a Deployment or StatefulSet has. */
    async scale(kind: "deployment" | "statefulset", pod: V1Pod, replicas: number): Promise<void> {
        const namespace = pod.metadata?.namespace ?? "";
        const name = pod.metadata?.labels?.["app.kubernetes.io/name"] ?? "";
        const api = this.config.makeApiClient(AppsV1Api);
        const body = { metadata: { name, namespace }, spec: { replicas } };
        await (kind === "deployment"
            ? api.replaceNamespacedDeploymentScale({ name, namespace, body })
            : api.replaceNamespacedStatefulSetScale({ name, namespace, body }));
    }
}

/** A container's id at the runtime, without the runtime's name before it. */
export function containerId(pod: V1Pod, container: string): string {
    const statuses = [
        ...(pod.status?.initContainerStatuses ?? []),
        ...(pod.status?.containerStatuses ?? []),
    ];
    const id = statuses.find(({ name }) => name === container)?.containerID ?? "";
    return id.replace(/^containerd:\/\//, "");
}

/** How often a container of a pod was started again. */
export function restarts(pod: V1Pod): number {
    return (pod.status?.containerStatuses ?? []).reduce((sum, each) => sum + each.restartCount, 0);
}

export function nameOf({ metadata }: V1Pod): string {
    return `${metadata?.namespace}/${metadata?.name}`;
}

export function isReady({ status }: V1Pod): boolean {
    return (status?.conditions ?? []).some(
        ({ type, status: value }) => type === "Ready" && value === "True",
    );
}

function isFine(pod: V1Pod): boolean {
    return pod.status?.phase === "Succeeded" || isReady(pod);
}
