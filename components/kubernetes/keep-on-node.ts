/** Annotations that keep cluster autoscalers from ending a pod: under a running job, moving it loses the job. */
export const KEEP_ON_NODE = {
    "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
    "karpenter.sh/do-not-disrupt": "true",
} as const;
