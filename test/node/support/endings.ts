import { KubeConfig, V1ContainerStatus, V1Pod, Watch } from "@kubernetes/client-node";

/** What the kernel's SIGKILL leaves as an exit code: 128 and the signal's number. */
const KILLED = 137;

/**
 * Containers that had to be killed, of the pods of an installation that end while it watches: the kubelet sends SIGKILL
 * when the grace period is over, and tells the exit code in the pod's last status.
 */
export class Endings {
    private readonly killed = new Set<string>();
    private stopWatching: () => void = () => undefined;

    constructor(private readonly config: KubeConfig) {}

    async start(labelSelector: string): Promise<void> {
        const controller = await new Watch(this.config).watch(
            "/api/v1/pods",
            { labelSelector },
            (_phase, pod) => this.note(pod as V1Pod),
            () => undefined,
        );
        this.stopWatching = () => controller.abort();
    }

    /** Ends the watch; `namespace/pod/container` of each that was killed. */
    stop(): readonly string[] {
        this.stopWatching();
        return [...this.killed].sort();
    }

    private note({ metadata, status }: V1Pod): void {
        if (!metadata?.deletionTimestamp) {
            return;
        }
        const statuses: V1ContainerStatus[] = [
            ...(status?.initContainerStatuses ?? []),
            ...(status?.containerStatuses ?? []),
        ];
        for (const { name, state } of statuses) {
            if (state?.terminated?.exitCode === KILLED) {
                this.killed.add(`${metadata.namespace}/${metadata.name}/${name}`);
            }
        }
    }
}
