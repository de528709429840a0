import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { WorkerPoolSettings } from "../settings/settings";
import { Grant } from "./grants";

/** Pod Security Standards level that a namespace enforces. */
export type PodSecurityLevel = "restricted" | "baseline" | "privileged";

/** A namespace that denies all ingress by default; whoever listens in it adds an allow policy of its own. */
export interface HysdsNamespace {
    /** What is made in the namespace takes its name from here, and so waits for it. */
    readonly name: pulumi.Output<string>;
    /** The same name for what only mentions it, such as the trust policy of a role: that need not wait. */
    readonly plainName: string;
    /** What resources of the namespace depend on. */
    readonly resource: k8s.core.v1.Namespace;
}

/** What one workload may do outside the cluster. */
export interface IdentityArgs {
    readonly namespace: HysdsNamespace;
    /** Ignored on a platform that gives pods no identity of a cloud. */
    readonly grants?: readonly Grant[];
    /** Policies of the cloud that exist already and hold for it too: on AWS by their ARNs. */
    readonly policies?: readonly string[];
}

/**
 * What a process acts as an identity by that Kubernetes did not start, such as a job's container: a token of the
 * ServiceAccount, and variables that tell clients of the cloud what to do with it.
 */
export interface HandedIdentity {
    /** Whom the token is for. */
    readonly audience: string;
    /** @param tokenFile where the token is */
    variables(tokenFile: string): Readonly<Record<string, pulumi.Input<string>>>;
}

/** The ServiceAccount of one workload, with an identity of the cloud behind it where it was granted something. */
export interface Identity {
    readonly serviceAccountName: pulumi.Output<string>;
    /** What policies of the cloud name it by: on AWS the ARN of a role. */
    readonly principal?: pulumi.Output<string>;
    /** Absent where there is no cloud. */
    readonly handed?: HandedIdentity;
    /** What pods with this identity depend on. */
    readonly resource: pulumi.Resource;
}

/** Where a pod may be scheduled. */
export interface Placement {
    readonly nodeSelector?: Record<string, string>;
    readonly tolerations?: k8s.types.input.core.v1.Toleration[];
}

/** WHERE HySDS runs: the first of the two interfaces. Nothing behind it knows which kind of cluster this is. */
export interface Platform {
    /** Every Kubernetes resource takes this provider explicitly. */
    readonly provider: k8s.Provider;
    /** Secret. */
    readonly kubeconfig: pulumi.Output<string>;
    /** The domain of the cluster's Services, such as `cluster.local`. */
    readonly clusterDomain: string;
    /** The StorageClass for volumes; undefined means the cluster's default. */
    readonly storageClass?: pulumi.Output<string>;
    /** For services. */
    readonly servicePlacement: Placement;
    /** For job workers. */
    readonly jobPlacement: Placement;
    /** For what watches every node that runs jobs. */
    readonly jobAgentPlacement: Placement;
    /** Region of the cloud, `local` where there is none. */
    readonly region: pulumi.Output<string>;
    /** Region by whose list prices the stack is billed; absent where it makes nothing that is billed. */
    readonly billedRegion?: pulumi.Output<string>;
    /** Annotations that make a Service of type LoadBalancer internal or internet-facing, with TLS when given. */
    loadBalancerAnnotations(args: {
        readonly scheme: "internal" | "internet-facing";
        readonly certificateArn?: string;
    }): Record<string, string>;
    /** Names of the variables that an identity is handed on by; none where there is no cloud. */
    readonly identityVariables: readonly string[];
    /** A name for a bucket of this stack that no other in the world has; undefined where there are no buckets. */
    bucketName(purpose: string): pulumi.Output<string> | undefined;
    /** For the job workers of a pool: nodes of its own where it has some. */
    poolPlacement(pool: WorkerPoolSettings): Placement;
    namespace(name: string, level: PodSecurityLevel): HysdsNamespace;
    identityFor(workload: string, args: IdentityArgs): Identity;
    /** Called once, when everything that is to be in the cluster has been registered. */
    complete(): void;
}
