import * as k8s from "@pulumi/kubernetes";

/**
 * Has a container serve on while endpoints forget its pod, before SIGTERM reaches it. The kubelet waits by itself
 * (Kubernetes 1.30 and later): a program started for it in the container is late on a busy node, and the grace period
 * runs meanwhile.
 *
 * @param seconds part of the pod's grace period
 */
export function lameDuck(seconds: number): k8s.types.input.core.v1.Lifecycle {
    return { preStop: { sleep: { seconds } } };
}
