/** Until when EKS supports one Kubernetes minor version; ISO dates, UTC. */
export interface KubernetesSupport {
    /** From this day on the control plane costs six times as much. */
    readonly standardUntil: string;
    /** On this day EKS upgrades the control plane by itself. */
    readonly extendedUntil: string;
}

/**
 * Kubernetes versions that EKS offers for new clusters.
 * https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html#kubernetes-release-calendar
 */
export const kubernetesVersions: Readonly<Record<string, KubernetesSupport>> = {
    "1.36": { standardUntil: "2027-08-02", extendedUntil: "2028-08-02" },
    "1.35": { standardUntil: "2027-03-27", extendedUntil: "2028-03-27" },
    "1.34": { standardUntil: "2026-12-02", extendedUntil: "2027-12-02" },
    "1.33": { standardUntil: "2026-07-29", extendedUntil: "2027-07-29" },
    "1.32": { standardUntil: "2026-03-23", extendedUntil: "2027-03-23" },
};

/** Most networks that may reach the public endpoint of an EKS cluster. https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
export const maxPublicAccessCidrs = 40;

/** Releases of EKS's machine images, and the word for the newest. https://docs.aws.amazon.com/eks/latest/userguide/eks-linux-ami-versions.html */
export const nodeRelease = /^(latest|\d+\.\d+\.\d+-\d{8})$/;
