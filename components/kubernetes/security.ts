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

/** Container security context that the Pod Security Standard `restricted` admits, with a read-only root. */
export function restrictedContainer(): k8s.types.input.core.v1.SecurityContext {
    return {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
    };
}

/**
 * Security context of a container that makes namespaces, mounts and cgroups itself; only the standard `privileged` admits
 * it.
 *
 * @param uid 0 for root
 */
export function privilegedContainer(uid: number): k8s.types.input.core.v1.SecurityContext {
    return { privileged: true, runAsUser: uid, runAsGroup: uid, runAsNonRoot: uid !== 0 };
}
