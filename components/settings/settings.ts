import * as pulumi from "@pulumi/pulumi";
import type { DatasetSettings } from "./schema/datasets";
import { BackupSettings } from "./backup-settings";
import type { GitSource } from "../images/repositories";
import type { ArtifactSettings } from "./artifact-settings";
import { AutoscalingSettings, NodeAutoscalerSettings } from "./autoscaling-settings";
import { ObjectStoreSettings } from "./object-store-settings";
import { ObservabilitySettings } from "./observability-settings";

export type { DatasetSettings } from "./schema/datasets";

/** Which class of environment a stack is. Only documentation and policy read it: every difference is a setting. */
export type Environment = "local" | "dev" | "prod";

/** One EKS managed node group. */
export interface NodeGroupSettings {
    readonly instanceTypes: readonly string[];
    readonly capacityType: "ON_DEMAND" | "SPOT";
    readonly minSize: number;
    readonly maxSize: number;
    /** Root volume, GiB. */
    readonly diskGiB: number;
}

/** The node group that runs job workers: tainted, and with a work disk for `/data/work`. */
export interface JobNodeGroupSettings extends NodeGroupSettings {
    /** `nvme`: the instance store, as one RAID 0; `ebs`: the (then larger) root volume. */
    readonly workDisk: "nvme" | "ebs";
}

export type NetworkSettings =
    | {
          readonly kind: "new";
          readonly cidr: string;
          readonly availabilityZones: number;
          readonly natGateways: "single" | "per-zone";
          /** Interface endpoints beside the S3 gateway endpoint, by service: `ecr.api`, `sts`, `logs`, … */
          readonly interfaceEndpoints: readonly string[];
      }
    | {
          readonly kind: "existing";
          readonly vpcId: string;
          readonly privateSubnetIds: readonly string[];
          readonly publicSubnetIds: readonly string[];
      };

/** A stack that creates its own EKS cluster. */
export interface AwsPlatformSettings {
    readonly kind: "aws";
    readonly network: NetworkSettings;
    readonly cluster: {
        /** Kubernetes minor version, such as `1.35`. */
        readonly version: string;
        readonly endpointPublicAccess: boolean;
        /** Who may reach the public endpoint; empty when it is off. */
        readonly publicAccessCidrs: readonly string[];
        /** IAM principals given cluster-admin by access entries, beside the creator. */
        readonly adminPrincipalArns: readonly string[];
        readonly logRetentionDays: number;
    };
    readonly serviceNodes: NodeGroupSettings;
    readonly jobNodes: JobNodeGroupSettings;
    readonly nodeAutoscaler: NodeAutoscalerSettings;
}

/** A stack on a cluster that is already there. */
export interface ExistingPlatformSettings {
    readonly kind: "existing";
    /** Path or content of a kubeconfig; the ambient one (KUBECONFIG, ~/.kube/config) when absent. */
    readonly kubeconfig?: pulumi.Output<string>;
    /** Context in it; its current context when absent. */
    readonly context?: string;
    /** StorageClass of volumes; the cluster's default when absent. */
    readonly storageClass?: string;
    /** The domain of the cluster's Services. */
    readonly clusterDomain: string;
}

/** Where a store may be: a service of AWS, or a StatefulSet. */
export type StoreKind = "aws" | "in-cluster";

interface AwsLocation {
    readonly kind: "aws";
}

interface InClusterLocation {
    readonly kind: "in-cluster";
}

export type RedisLocation = AwsLocation | InClusterLocation;

export type RabbitmqLocation = AwsLocation | InClusterLocation;

export type SearchLocation = AwsLocation | InClusterLocation;

export interface RedisSettings {
    readonly location: RedisLocation;
    readonly engine: "redis" | "valkey";
    readonly engineVersion: string;
    readonly nodeType: string;
    /** Nodes in each replication group, the primary included. */
    readonly nodeCount: number;
    readonly automaticFailover: boolean;
    readonly snapshotRetentionDays: number;
    /** `separate`: job results and metrics each have a store, as in the VM era; `shared`: one for both. */
    readonly layout: "shared" | "separate";
    /** Volume of the in-cluster store, GiB. */
    readonly storageGiB: number;
}

export interface RabbitmqSettings {
    readonly location: RabbitmqLocation;
    readonly engineVersion: string;
    readonly deploymentMode: "SINGLE_INSTANCE" | "CLUSTER_MULTI_AZ";
    readonly instanceType: string;
    readonly username: string;
    /** RabbitMQ's `consumer_timeout`, hours: longer than the longest job, or that job is delivered again. */
    readonly consumerTimeoutHours: number;
    /** Volume of the in-cluster broker, GiB. */
    readonly storageGiB: number;
}

export type SearchEngine = "elasticsearch" | "opensearch";

export interface SearchSettings {
    readonly location: SearchLocation;
    readonly engine: SearchEngine;
    /** `7.10` for Elasticsearch, `2.x`/`3.x` for OpenSearch. */
    readonly engineVersion: string;
    /** `separate`: one each for mozart, grq and metrics; `shared`: one for all. */
    readonly layout: "shared" | "separate";
    readonly instanceType: string;
    readonly instanceCount: number;
    readonly availabilityZones: number;
    /** 0 or 3. */
    readonly dedicatedMasterCount: number;
    readonly dedicatedMasterType: string;
    /** Volume of each data node (gp3 on AWS), GiB. */
    readonly volumeGiB: number;
    /** Memory of an in-cluster search container, MiB; its JVM heap is half of it. */
    readonly memoryMiB: number;
    /** Create the account-wide role that a domain in a VPC needs; only the first stack of an account may. */
    readonly createServiceLinkedRole: boolean;
}

export interface SigningProxySettings {
    readonly implementation: "aws-es-proxy" | "aws-sigv4-proxy";
    readonly replicas: number;
    /** How long one request to the domain may take, seconds. */
    readonly timeoutSeconds: number;
}

export interface BackendsSettings {
    readonly redis: RedisSettings;
    readonly rabbitmq: RabbitmqSettings;
    readonly search: SearchSettings;
    readonly objectStore: ObjectStoreSettings;
    readonly signingProxy: SigningProxySettings;
}

/** One pool of Verdi workers: a Celery queue of the project's own that runs PGE containers. */
export interface WorkerPoolSettings {
    /** RFC 1123 label; names the Deployment. */
    readonly name: string;
    readonly queue: string;
    /** Worker image; the stack's job-worker image when absent. */
    readonly image?: string;
    readonly minReplicas: number;
    readonly maxReplicas: number;
    /** Longest job of this queue, hours: the pod's grace period. */
    readonly timeoutHours: number;
    readonly cpu: string;
    readonly memory: string;
    /** Ephemeral disk for `/data/work`, GiB. */
    readonly diskGiB: number;
    /** On AWS: EC2 instance types of nodes of its own. */
    readonly instanceTypes?: readonly string[];
    /** On AWS: nodes of its own, of spot capacity or not. */
    readonly spot?: boolean;
    /** On an existing cluster: labels of the nodes that it runs on. */
    readonly nodeSelector?: Readonly<Record<string, string>>;
}

export interface ImageSettings {
    /** Registry and path before HySDS image names, such as `123456789012.dkr.ecr.us-west-2.amazonaws.com/hysds`. */
    readonly registry: string;
    readonly tag: string;
    /** Full references by image name, instead of registry/name:tag; how prod names digests. */
    readonly overrides: Readonly<Record<string, pulumi.Input<string>>>;
    /** Present where the stack builds its images and pushes them to `registry`, which is then an ECR registry. */
    readonly build?: { readonly release: ReleaseSource };
}

/** Where HySDS's own code is: in a directory, as wheels and trees, or in Git repositories. */
export type ReleaseSource = { readonly directory: string } | GitSource;

export interface HysdsSettings {
    readonly namespace: string;
    readonly jobsNamespace: string;
    readonly storesNamespace: string;
    /** Name of this installation in HySDS's own terms (its VENUE). */
    readonly venue: string;
    readonly containerEngine: "podman" | "docker";
    /** How one pod runs several Celery processes of a queue. */
    readonly processModel: "prefork" | "supervisord";
    /** Percent of the VM era's parallelism of every queue; 100 is 32 orchestrators, 64 rule workers, … */
    readonly parallelismPercent: number;
    /** `small` fits 4 CPUs and 8 GiB with the in-cluster stores; `standard` has headroom and replicas for availability. */
    readonly size: "small" | "standard";
    /** Longest job on the built-in job queues, hours. */
    readonly jobTimeoutHours: number;
    /** S3 buckets that jobs read and write (names, not ARNs). */
    readonly datasetBuckets: readonly string[];
    /** Entries of datasets.json, before those that HySDS itself needs. */
    readonly datasets: readonly DatasetSettings[];
    readonly workers: readonly WorkerPoolSettings[];
    /** HySDS's web interface, and the searches that it makes from the browser. */
    readonly ui: boolean;
}

export interface IngressSettings {
    /** `none`: port-forward only; `load-balancer`: a Service of type LoadBalancer; `ingress`: an Ingress of `ingressClass`. */
    readonly kind: "none" | "load-balancer" | "ingress";
    readonly scheme: "internal" | "internet-facing";
    readonly allowedCidrs: readonly string[];
    readonly domain?: string;
    readonly tls: "none" | "acm" | "cert-manager";
    readonly certificateArn?: string;
    readonly clusterIssuer?: string;
    readonly ingressClass?: string;
    /** Mozart's own Service of type LoadBalancer on port 8888, beside the gateway. */
    readonly mozartLoadBalancer: boolean;
}

/** Everything a stack can be told, validated: plain, immutable, complete. */
export interface Settings {
    readonly environment: Environment;
    /** The Pulumi stack's name. */
    readonly stack: string;
    /** Start of every physical name, `hysds-<stack>`, at most 20 characters. */
    readonly namePrefix: string;
    /** Protect stateful resources from deletion and keep them when they leave the program. */
    readonly protect: boolean;
    readonly tags: Readonly<Record<string, string>>;
    readonly platform: AwsPlatformSettings | ExistingPlatformSettings;
    readonly backends: BackendsSettings;
    readonly hysds: HysdsSettings;
    readonly images: ImageSettings;
    readonly artifacts: ArtifactSettings;
    readonly autoscaling: AutoscalingSettings;
    readonly backups: BackupSettings;
    readonly ingress: IngressSettings;
    readonly observability: ObservabilitySettings;
}
