/** What a workload does; decides its colour. */
export type WorkloadKind = "entry" | "service" | "worker" | "process" | "job" | "agent" | "store";

/** A Deployment, StatefulSet, DaemonSet, Job or CronJob. */
export interface Workload {
    readonly id: string;
    readonly namespace: string;
    readonly name: string;
    /** `app.kubernetes.io/component`: mozart, grq, …; `other` where the label is missing. */
    readonly part: string;
    readonly kind: WorkloadKind;
    /** Undefined where the number of nodes or an autoscaler decides. */
    readonly pods?: number;
    /** Celery processes in all pods; 0 for what is no Celery worker. */
    readonly processes: number;
    /** Configuration it mounts, by file name; the text is revealed and must not be written anywhere. */
    readonly files: ReadonlyMap<string, string>;
    /** Its pod template as text, for references that are no file. */
    readonly template: string;
    /** Images, pods and volumes. */
    readonly details: readonly string[];
}

/** Whether it is a store in the cluster, or stands in front of one; not a part of HySDS itself. */
export function isStorage({ kind, part }: Workload): boolean {
    return kind === "store" || part === "stores";
}

/** Anything with an address that configuration can name. */
export interface Target {
    readonly id: string;
    readonly hosts: readonly string[];
}

/** A store that AWS runs. */
export interface ManagedStore extends Target {
    readonly name: string;
    readonly details: readonly string[];
}

/** How people come in: a load balancer or an Ingress. */
export interface Entry {
    readonly id: string;
    readonly title: string;
    readonly details: readonly string[];
    /** Ids of the workloads behind it. */
    readonly targets: readonly string[];
}

export interface Namespace {
    readonly name: string;
    /** Pod Security Standards level that it enforces. */
    readonly podSecurity?: string;
}

/** Configuration files that name the same stores, and who mounts them. */
export interface Configuration {
    readonly id: string;
    readonly files: readonly string[];
    /** Ids of workloads. */
    readonly readers: readonly string[];
    /** Ids of targets. */
    readonly stores: readonly string[];
}

export interface Edge {
    readonly from: string;
    readonly to: string;
}

/** What the picture of a stack shows, all of it read from the stack's resources. */
export interface Architecture {
    readonly title: string;
    readonly network?: { readonly title: string; readonly details: readonly string[] };
    readonly cluster: { readonly title: string; readonly details: readonly string[] };
    readonly namespaces: readonly Namespace[];
    readonly workloads: readonly Workload[];
    readonly managedStores: readonly ManagedStore[];
    readonly entries: readonly Entry[];
    readonly configurations: readonly Configuration[];
    /** From the gateway to services, and from proxies to what they stand in front of. */
    readonly edges: readonly Edge[];
}
