import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { WorkerPoolSettings } from "../settings/settings";

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

/** AWS permissions of one workload. */
export interface IdentityArgs {
    readonly namespace: HysdsNamespace;
    /** IAM statements; none on a platform without IAM, where they are ignored. */
    readonly statements?: pulumi.Input<aws.iam.PolicyStatement[]>;
}

/** The ServiceAccount of one workload, with an IAM role behind it where it asked for AWS permissions. */
export interface Identity {
    readonly serviceAccountName: pulumi.Output<string>;
    readonly roleArn?: pulumi.Output<string>;
    /** What pods with this identity depend on. */
    readonly resource: pulumi.Resource;
}

/** What managed stores need to know of the network. */
export interface NetworkFacts {
    readonly vpcId: pulumi.Output<string>;
    readonly privateSubnetIds: pulumi.Output<string[]>;
    /** Security group of the nodes, and so of the pods: the only source that stores admit. */
    readonly podSecurityGroupId: pulumi.Output<string>;
    readonly region: pulumi.Output<string>;
    readonly partition: pulumi.Output<string>;
    readonly accountId: pulumi.Output<string>;
}

/** Where a pod may be scheduled. */
export interface Placement {
    readonly nodeSelector?: Record<string, string>;
    readonly tolerations?: k8s.types.input.core.v1.Toleration[];
}

/** WHERE HySDS runs: the first of the two doors. Nothing behind it knows which kind of cluster this is. */
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
    /** Present on AWS only; managed backends need it. */
    readonly network?: NetworkFacts;
    /** Annotations that make a Service of type LoadBalancer internal or internet-facing, with TLS when given. */
    loadBalancerAnnotations(args: {
        readonly scheme: "internal" | "internet-facing";
        readonly certificateArn?: string;
    }): Record<string, string>;
    /** For the job workers of a pool: nodes of its own where it has some. */
    poolPlacement(pool: WorkerPoolSettings): Placement;
    namespace(name: string, level: PodSecurityLevel): HysdsNamespace;
    identityFor(workload: string, args: IdentityArgs): Identity;
}
