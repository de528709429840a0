import type { IngressSettings } from "./topics/access";
import type { ArtifactSettings } from "./topics/artifacts";
import type { AutoscalingSettings } from "./topics/autoscaling";
import type { BackupSettings } from "./topics/backups";
import type { ClusterSettings } from "./topics/cluster";
import type { PublicationSettings } from "./topics/datasets";
import type { ExistingPlatformSettings } from "./topics/existing";
import type { GeneralSettings } from "./topics/general";
import type { ProcessSettings } from "./topics/hysds";
import type { ImageSettings } from "./topics/images";
import type { NamespaceSettings } from "./topics/namespaces";
import type { RoleSettings } from "./topics/institution";
import type { NetworkSettings } from "./topics/network";
import type { NodeAutoscalerSettings } from "./topics/node-autoscaling";
import type { JobNodeGroupSettings, NodeGroupSettings } from "./topics/nodes";
import type { ObjectStoreSettings } from "./topics/object-store";
import type { ObservabilitySettings } from "./topics/observability";
import type { RabbitmqSettings } from "./topics/rabbitmq";
import type { RedisSettings } from "./topics/redis";
import type { SearchSettings } from "./topics/search";
import type { SigningProxySettings } from "./topics/signing-proxy";
import type { UiSettings } from "./topics/ui";
import type { WorkerFileSettings } from "./topics/worker-files";
import type { WorkerPoolSettings } from "./topics/workers";
import type { WorkloadOverrides } from "./topics/workloads";

export type { IngressSettings } from "./topics/access";
export type { ArtifactSettings } from "./topics/artifacts";
export type { AutoscalingSettings, KedaSettings, ScalingRhythm } from "./topics/autoscaling";
export type { BackupSettings } from "./topics/backups";
export type { RabbitmqLocation, RedisLocation, SearchLocation } from "./topics/external-stores";
export type { DatasetSettings } from "./topics/datasets";
export type { ExistingPlatformSettings } from "./topics/existing";
export type { Environment } from "./topics/general";
export type { ReleaseSource } from "./topics/image-build";
export type { ImageSettings } from "./topics/images";
export type { RoleSettings } from "./topics/institution";
export type { JobStatement } from "./topics/job-rights";
export type { NetworkSettings } from "./topics/network";
export type { NodeAutoscalerSettings } from "./topics/node-autoscaling";
export type { JobNodeGroupSettings, NodeGroupSettings } from "./topics/nodes";
export type { ObjectStoreSettings } from "./topics/object-store";
export type { ObservabilitySettings, PrometheusSettings } from "./topics/observability";
export type { RabbitmqSettings } from "./topics/rabbitmq";
export type { RedisSettings } from "./topics/redis";
export type { SearchEngine, SearchSettings } from "./topics/search";
export type { SigningProxySettings } from "./topics/signing-proxy";
export type { StoreKind } from "./topics/stores";
export type { WorkerFileSettings } from "./topics/worker-files";
export type { WorkerPoolSettings } from "./topics/workers";

/** A stack that creates its own EKS cluster. */
export interface AwsPlatformSettings {
    readonly kind: "aws";
    readonly network: NetworkSettings;
    readonly cluster: ClusterSettings;
    readonly serviceNodes: NodeGroupSettings;
    readonly jobNodes: JobNodeGroupSettings;
    readonly nodeAutoscaler: NodeAutoscalerSettings;
}

/** What the stack stores data in. */
export interface BackendsSettings {
    readonly redis: RedisSettings;
    readonly rabbitmq: RabbitmqSettings;
    readonly search: SearchSettings;
    readonly objectStore: ObjectStoreSettings;
    readonly signingProxy: SigningProxySettings;
}

/** HySDS itself. */
export interface HysdsSettings
    extends NamespaceSettings, ProcessSettings, PublicationSettings, UiSettings {
    readonly workers: readonly WorkerPoolSettings[];
    readonly workerFiles: readonly WorkerFileSettings[];
    readonly workloads: WorkloadOverrides;
}

/**
 * Everything a stack can be told, validated: plain, immutable, complete. The type of each part is derived from the keys
 * of its topic.
 */
export interface Settings extends GeneralSettings {
    readonly roles: RoleSettings;
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
