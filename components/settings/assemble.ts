import * as pulumi from "@pulumi/pulumi";
import { artifactSettings } from "./artifact-settings";
import { autoscaling, nodeAutoscaler } from "./assemble-autoscaling";
import { backupSettings } from "./backup-settings";
import { datasetBuckets, objectStoreSettings } from "./object-store-settings";
import { observability } from "./assemble-observability";
import { namePrefix } from "./rules/stack";
import type { Values } from "./schema";
import {
    AwsPlatformSettings,
    BackendsSettings,
    ExistingPlatformSettings,
    HysdsSettings,
    IngressSettings,
    NetworkSettings,
    ReleaseSource,
    SearchSettings,
    Settings,
} from "./settings";

/** The settings that validated values amount to. */
export function assemble(values: Values, stack: string): Settings {
    return {
        environment: values.environment,
        stack,
        namePrefix: namePrefix(values, stack),
        protect: values.protect,
        tags: { ...stackTags(values, stack), ...values.tags },
        platform: values.platform === "aws" ? awsPlatform(values) : existingPlatform(values),
        backends: backends(values),
        hysds: hysds(values, stack),
        artifacts: artifactSettings(values),
        autoscaling: autoscaling(values),
        backups: backupSettings(values),
        images: {
            registry: values.imageRegistry,
            tag: values.imageTag,
            // Names without a reference are not in it.
            overrides: values.imageOverrides as Readonly<Record<string, string>>,
            build: values.imageBuild === "ecr" ? { release: release(values) } : undefined,
        },
        ingress: ingress(values),
        observability: observability(values),
    };
}

function release(values: Values): ReleaseSource {
    const url = given(values.imageSource);
    return url === undefined
        ? { directory: values.imageReleaseDirectory }
        : { url, refs: values.imageSourceRefs };
}

/** What the stack says of every AWS resource by itself. */
function stackTags({ environment }: Values, stack: string): Record<string, string> {
    return { Project: "hysds", Environment: environment, Stack: stack, ManagedBy: "pulumi" };
}

/** Configuration has no null: an empty text means that there is nothing. */
function given(text: string): string | undefined {
    return text === "" ? undefined : text;
}

function awsPlatform(values: Values): AwsPlatformSettings {
    return {
        kind: "aws",
        network: network(values),
        cluster: {
            version: values.kubernetesVersion,
            endpointPublicAccess: values.endpointPublicAccess,
            publicAccessCidrs: values.publicAccessCidrs,
            adminPrincipalArns: values.adminPrincipalArns,
            logRetentionDays: values.logRetentionDays,
        },
        serviceNodes: {
            instanceTypes: values.serviceNodeInstanceTypes,
            capacityType: values.serviceNodeCapacityType,
            minSize: values.serviceNodeMinSize,
            maxSize: values.serviceNodeMaxSize,
            diskGiB: values.serviceNodeDiskGiB,
        },
        jobNodes: {
            instanceTypes: values.jobNodeInstanceTypes,
            capacityType: values.jobNodeCapacityType,
            minSize: values.jobNodeMinSize,
            maxSize: values.jobNodeMaxSize,
            diskGiB: values.jobNodeDiskGiB,
            workDisk: values.jobNodeWorkDisk,
        },
        nodeAutoscaler: nodeAutoscaler(values),
    };
}

function network(values: Values): NetworkSettings {
    return values.vpcId === ""
        ? {
              kind: "new",
              cidr: values.vpcCidr,
              availabilityZones: values.availabilityZones,
              natGateways: values.natGateways,
              interfaceEndpoints: values.interfaceEndpoints,
          }
        : {
              kind: "existing",
              vpcId: values.vpcId,
              privateSubnetIds: values.privateSubnetIds,
              publicSubnetIds: values.publicSubnetIds,
          };
}

function existingPlatform(values: Values): ExistingPlatformSettings {
    return {
        kind: "existing",
        kubeconfig: values.kubeconfig === "" ? undefined : pulumi.secret(values.kubeconfig),
        context: given(values.kubernetesContext),
        storageClass: given(values.storageClass),
        clusterDomain: values.clusterDomain,
    };
}

function backends(values: Values): BackendsSettings {
    const location = { kind: values.backends === "managed" ? "aws" : "in-cluster" } as const;
    return {
        redis: {
            location,
            engine: values.redisEngine,
            engineVersion: values.redisEngineVersion,
            nodeType: values.redisNodeType,
            nodeCount: values.redisNodeCount,
            automaticFailover: values.redisAutomaticFailover,
            snapshotRetentionDays: values.redisSnapshotRetentionDays,
            layout: values.redisLayout,
            storageGiB: values.redisStorageGiB,
        },
        rabbitmq: {
            location,
            engineVersion: values.rabbitmqEngineVersion,
            deploymentMode: values.rabbitmqDeploymentMode,
            instanceType: values.rabbitmqInstanceType,
            username: values.rabbitmqUsername,
            consumerTimeoutHours: values.rabbitmqConsumerTimeoutHours,
            storageGiB: values.rabbitmqStorageGiB,
        },
        search: { ...search(values), location },
        objectStore: objectStoreSettings(values),
        signingProxy: {
            implementation: values.signingProxy,
            replicas: values.signingProxyReplicas,
            timeoutSeconds: values.signingProxyTimeoutSeconds,
        },
    };
}

function search(values: Values): Omit<SearchSettings, "location"> {
    return {
        engine: values.searchEngine,
        engineVersion: values.searchEngineVersion,
        layout: values.searchLayout,
        instanceType: values.searchInstanceType,
        instanceCount: values.searchInstanceCount,
        availabilityZones: values.searchAvailabilityZones,
        dedicatedMasterCount: values.searchDedicatedMasterCount,
        dedicatedMasterType: values.searchDedicatedMasterType,
        volumeGiB: values.searchVolumeGiB,
        memoryMiB: values.searchMemoryMiB,
        createServiceLinkedRole: values.searchCreateServiceLinkedRole,
    };
}

function hysds(values: Values, stack: string): HysdsSettings {
    return {
        namespace: values.namespace,
        jobsNamespace: values.jobsNamespace,
        storesNamespace: values.storesNamespace,
        venue: given(values.venue) ?? stack,
        containerEngine: values.containerEngine,
        processModel: values.processModel,
        parallelismPercent: values.parallelismPercent,
        size: values.size,
        jobTimeoutHours: values.jobTimeoutHours,
        datasetBuckets: datasetBuckets(values),
        datasets: values.datasets,
        workers: values.workers,
        ui: values.ui,
    };
}

function ingress(values: Values): IngressSettings {
    return {
        kind: values.ingress,
        scheme: values.ingressScheme,
        allowedCidrs: values.ingressAllowedCidrs,
        domain: given(values.domain),
        tls: values.tls,
        certificateArn: given(values.certificateArn),
        clusterIssuer: given(values.clusterIssuer),
        ingressClass: given(values.ingressClass),
        mozartLoadBalancer: values.mozartLoadBalancer,
    };
}
