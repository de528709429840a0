import * as k8s from "@pulumi/kubernetes";

export interface RestrictedPodArgs {
    /** User id of the image's process; never 0. */
    readonly uid: number;
    /** Primary group id; the uid when absent. */
    readonly gid?: number;
    /** Group that owns the pod's volumes; the gid when absent. */
    readonly fsGroup?: number;
}

/**
 * Pod security context that the Pod Security Standard `restricted` admits: a numeric non-root user and the container
 * runtime's seccomp profile. The user is named by number because the kubelet cannot prove an image's user name to be
 * non-root (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
 *
 * Volumes change owner only when their root has the wrong one: recursing through a large volume delays every restart.
 */
export function restrictedPod(args: RestrictedPodArgs): k8s.types.input.core.v1.PodSecurityContext {
    const gid = args.gid ?? args.uid;
    return {
        runAsNonRoot: true,
        runAsUser: args.uid,
        runAsGroup: gid,
        fsGroup: args.fsGroup ?? gid,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
    };
}

export interface RestrictedContainerArgs {
    /** Default true; false for images that write outside the volumes they can be given. */
    readonly readOnlyRootFilesystem?: boolean;
}

/** Container security context that the Pod Security Standard `restricted` admits, with a read-only root by default. */
export function restrictedContainer(
    args: RestrictedContainerArgs = {},
): k8s.types.input.core.v1.SecurityContext {
    return {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: args.readOnlyRootFilesystem ?? true,
    };
}
