/** The parts of Kubernetes objects that the picture is made from. */

export interface ObjectMeta {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
}

export interface Volume {
    readonly name: string;
    readonly secret?: { readonly secretName?: string };
    readonly configMap?: { readonly name?: string };
    readonly projected?: { readonly sources?: readonly ProjectedSource[] };
}

interface ProjectedSource {
    readonly secret?: { readonly name?: string };
    readonly configMap?: { readonly name?: string };
}

export interface Container {
    readonly image?: string;
    readonly command?: readonly string[];
    readonly args?: readonly string[];
    readonly env?: readonly { readonly valueFrom?: KeyReference }[];
    readonly envFrom?: readonly {
        readonly secretRef?: { readonly name?: string };
        readonly configMapRef?: { readonly name?: string };
    }[];
}

interface KeyReference {
    readonly secretKeyRef?: { readonly name?: string };
    readonly configMapKeyRef?: { readonly name?: string };
}

export interface PodTemplate {
    readonly metadata?: ObjectMeta;
    readonly spec: {
        readonly containers: readonly Container[];
        readonly volumes?: readonly Volume[];
    };
}

export interface WorkloadSpec {
    readonly replicas?: number;
    readonly template?: PodTemplate;
    /** Of a CronJob. */
    readonly jobTemplate?: { readonly spec: { readonly template: PodTemplate } };
    readonly volumeClaimTemplates?: readonly {
        readonly spec?: {
            readonly resources?: { readonly requests?: { readonly storage?: string } };
        };
    }[];
}

export interface ServiceSpec {
    readonly type?: string;
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly { readonly port: number }[];
    readonly loadBalancerSourceRanges?: readonly string[];
}

export interface IngressSpec {
    readonly ingressClassName?: string;
    readonly tls?: readonly object[];
    readonly rules?: readonly {
        readonly host?: string;
        readonly http?: {
            readonly paths: readonly {
                readonly backend: { readonly service?: { readonly name: string } };
            }[];
        };
    }[];
}
