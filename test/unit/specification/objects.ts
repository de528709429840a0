import { CapturedResource, Evaluation } from "../../../workshop/plan/evaluation";
import { reveal } from "../../../workshop/plan/secret";

/** What the specification looks at in a container. */
export interface Container {
    readonly name: string;
    readonly image: string;
    readonly restartPolicy?: string;
    readonly resources: {
        readonly requests?: Readonly<Record<string, string>>;
        readonly limits?: Readonly<Record<string, string>>;
    };
    readonly ports?: readonly { readonly containerPort: number }[];
    readonly readinessProbe?: object;
    readonly livenessProbe?: object;
    readonly startupProbe?: object;
    readonly securityContext: object;
}

export interface Pod {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly volumes?: readonly Readonly<Record<string, unknown>>[];
    readonly securityContext: { readonly runAsUser: number };
    readonly automountServiceAccountToken: boolean;
    readonly serviceAccountName?: string;
    readonly enableServiceLinks: boolean;
    readonly restartPolicy?: string;
    readonly priorityClassName?: string;
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly tolerations?: readonly object[];
    readonly topologySpreadConstraints?: readonly object[];
    readonly terminationGracePeriodSeconds?: number;
    readonly hostNetwork?: boolean;
    readonly hostPID?: boolean;
    readonly hostIPC?: boolean;
}

type Labels = Readonly<Record<string, string>>;

/** Everything that makes pods, of whichever kind. */
export interface Workload {
    readonly kind: string;
    readonly name: string;
    readonly namespace: string;
    readonly labels: Labels;
    readonly spec: Readonly<Record<string, unknown>> & {
        readonly replicas?: number;
        readonly strategy?: { readonly type?: string; readonly rollingUpdate?: object };
        readonly selector?: { readonly matchLabels: Labels };
    };
    readonly podLabels: Labels;
    readonly pod: Pod;
    readonly resource: CapturedResource;
}

const KINDS = /^kubernetes:(apps|batch)\/v1:(\w+)$/;

interface Inputs {
    readonly metadata: {
        readonly name?: string;
        readonly namespace: string;
        readonly labels: Labels;
    };
    readonly spec: Workload["spec"] & {
        readonly template?: Template;
        readonly jobTemplate?: { readonly spec: { readonly template: Template } };
    };
}

interface Template {
    readonly metadata: { readonly labels: Labels };
    readonly spec: Pod;
}

/** The inputs of a resource as they are sent. */
export function inputsOf(resource: CapturedResource): unknown {
    return reveal(resource.inputs);
}

/** What makes the pods of a stack. */
export function workloadsOf(stack: Evaluation): Workload[] {
    return stack.resources.flatMap((resource) => {
        const kind = KINDS.exec(resource.type)?.[2];
        if (kind === undefined) {
            return [];
        }
        const { metadata, spec } = inputsOf(resource) as Inputs;
        const template = spec.template ?? spec.jobTemplate?.spec.template;
        if (!template) {
            throw new Error(`${resource.urn} makes no pods`);
        }
        return {
            kind,
            name: metadata.name ?? resource.name,
            namespace: metadata.namespace,
            labels: metadata.labels,
            spec,
            podLabels: template.metadata.labels,
            pod: template.spec,
            resource,
        };
    });
}

/** The specs of a stack's objects of one kind, such as `policy/v1:PodDisruptionBudget`, by namespace and name. */
export function objectsOf<Spec>(
    stack: Evaluation,
    kind: string,
): { readonly name: string; readonly namespace: string; readonly spec: Spec }[] {
    return stack.resources
        .filter(({ type }) => type === `kubernetes:${kind}`)
        .map((resource) => {
            const { metadata, spec } = inputsOf(resource) as {
                metadata: { name: string; namespace: string };
                spec: Spec;
            };
            return { name: metadata.name, namespace: metadata.namespace, spec };
        });
}
