import { reveal } from "../../workshop/plan/secret";
import { Registered } from "./mocks";

/** The fields of a container that tests ask about. */
export interface Container {
    readonly name: string;
    readonly image: string;
    readonly command: string[];
    readonly env?: { name: string; value?: string; valueFrom?: object }[];
    readonly restartPolicy?: string;
    readonly resources: Record<"requests" | "limits", Record<"cpu" | "memory", string>>;
    readonly startupProbe?: object;
    readonly livenessProbe?: { exec?: { command: string[] }; httpGet?: { path: string } };
    readonly readinessProbe?: object;
    readonly securityContext: Record<string, unknown>;
    readonly volumeMounts: { name: string; mountPath: string; subPath?: string }[];
}

export interface PodSpec {
    readonly containers: Container[];
    readonly initContainers?: Container[];
    readonly volumes: {
        name: string;
        secret?: { secretName: string };
        configMap?: { name: string };
        emptyDir?: { sizeLimit?: string };
    }[];
    readonly terminationGracePeriodSeconds: number;
    readonly nodeSelector?: Record<string, string>;
    readonly securityContext: Record<string, unknown>;
    readonly automountServiceAccountToken: boolean;
    readonly serviceAccountName: string;
}

/** A Deployment, DaemonSet or Job. */
export interface Workload {
    readonly kind: string;
    /** Logical name, which is the Kubernetes name where there is one. */
    readonly name: string;
    readonly namespace: string;
    readonly replicas: number;
    readonly strategy: { type: string };
    readonly annotations: Record<string, string>;
    readonly pod: PodSpec;
}

const KINDS = ["apps/v1:Deployment", "apps/v1:DaemonSet", "batch/v1:Job"];

interface Manifest {
    readonly metadata: { readonly namespace: string };
    readonly spec: {
        readonly replicas?: number;
        readonly strategy?: { type: string };
        readonly template: {
            readonly metadata?: { readonly annotations?: Record<string, string> };
            readonly spec: PodSpec;
        };
    };
}

/** Every workload that a program registered, secrets in plain. */
export function workloads(installation: Registered): Workload[] {
    return KINDS.flatMap((kind) =>
        installation.ofType(`kubernetes:${kind}`).map(({ name, inputs }) => {
            const { metadata, spec } = reveal(inputs) as Manifest;
            return {
                kind,
                name,
                namespace: metadata.namespace,
                replicas: spec.replicas ?? 1,
                strategy: spec.strategy ?? { type: "" },
                annotations: spec.template.metadata?.annotations ?? {},
                pod: spec.template.spec,
            };
        }),
    );
}

/**
 * The workload of a name.
 *
 * @throws Error when there is none
 */
export function workload(installation: Registered, name: string): Workload {
    const found = workloads(installation).find((each) => each.name === name);
    if (!found) {
        throw new Error(`No workload ${name}`);
    }
    return found;
}

/** Containers of a pod, sidecars included. */
export function containers({ pod }: Workload): Container[] {
    return [...(pod.initContainers ?? []), ...pod.containers];
}

/** The main container. */
export function mainContainer({ pod, name }: Workload): Container {
    const main = pod.containers[0];
    if (!main) {
        throw new Error(`${name} has no container`);
    }
    return main;
}
