type Labels = Readonly<Record<string, string>>;

/** A Kubernetes object as far as selectors go. */
interface Selecting {
    readonly metadata?: { readonly namespace?: string };
    readonly spec?: {
        readonly selector?: { readonly matchLabels?: Labels };
        readonly template?: { readonly metadata?: { readonly labels?: Labels } };
    };
}

/** Whether a selector's labels are all among those of the pods of a workload of the same namespace. */
export function selectsPodsOf(selecting: Selecting, workload: Selecting): boolean {
    if (selecting.metadata?.namespace !== workload.metadata?.namespace) {
        return false;
    }
    const labels = workload.spec?.template?.metadata?.labels ?? {};
    const wanted = Object.entries(selecting.spec?.selector?.matchLabels ?? {});
    return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
