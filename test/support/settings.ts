import {
    AwsPlatformSettings,
    BackendsSettings,
    Settings,
} from "../../components/settings/settings";

/** A production-like platform on AWS, for tests of one component; `changes` replace whole fields. */
export function awsPlatform(changes: Partial<AwsPlatformSettings> = {}): AwsPlatformSettings {
    const nodes = {
        instanceTypes: ["m7i.xlarge"],
        capacityType: "ON_DEMAND" as const,
        minSize: 2,
        maxSize: 6,
        diskGiB: 100,
    };
    return {
        kind: "aws",
        network: {
            kind: "new",
            cidr: "10.20.0.0/16",
            availabilityZones: 3,
            zoneNames: [],
            natGateways: "per-zone",
            interfaceEndpoints: ["ecr.api", "sts"],
        },
        cluster: {
            version: "1.35",
            nodeRelease: "",
            eksSupportType: "EXTENDED",
            addonVersions: {},
            endpointPublicAccess: false,
            endpointClosesAfterFirstUp: false,
            publicAccessCidrs: [],
            adminPrincipalArns: ["arn:aws:iam::123456789012:role/ops"],
            logRetentionDays: 90,
        },
        serviceNodes: nodes,
        jobNodes: { ...nodes, instanceTypes: ["m6gd.4xlarge"], minSize: 0, workDisk: "nvme" },
        nodeAutoscaler: { kind: "none" },
        ...changes,
    };
}

/** Redundant managed backends; `changes` replace single settings of each store. */
export function managedBackends(
    changes: {
        readonly redis?: Partial<BackendsSettings["redis"]>;
        readonly rabbitmq?: Partial<BackendsSettings["rabbitmq"]>;
        readonly search?: Partial<BackendsSettings["search"]>;
    } = {},
): BackendsSettings {
    return {
        redis: {
            location: { kind: "aws" },
            engine: "valkey",
            engineVersion: "8.0",
            nodeType: "cache.m7g.large",
            nodeCount: 2,
            automaticFailover: true,
            snapshotRetentionDays: 7,
            layout: "separate",
            storageGiB: 10,
            ...changes.redis,
        },
        rabbitmq: {
            location: { kind: "aws" },
            engineVersion: "3.13",
            deploymentMode: "CLUSTER_MULTI_AZ",
            instanceType: "mq.m5.large",
            username: "hysds",
            consumerTimeoutHours: 48,
            storageGiB: 10,
            ...changes.rabbitmq,
        },
        search: {
            location: { kind: "aws" },
            engine: "elasticsearch",
            engineVersion: "7.10",
            layout: "separate",
            instanceType: "r6g.large.search",
            instanceCount: 3,
            availabilityZones: 3,
            dedicatedMasterCount: 3,
            dedicatedMasterType: "m6g.large.search",
            volumeGiB: 100,
            memoryMiB: 2048,
            createServiceLinkedRole: false,
            ...changes.search,
        },
        objectStore: { kind: "none" },
        signingProxy: { implementation: "aws-es-proxy", replicas: 2, timeoutSeconds: 120 },
    };
}

/** The same stores, each in the cluster. */
export function inClusterBackends(
    changes: Parameters<typeof managedBackends>[0] = {},
): BackendsSettings {
    const location = { kind: "in-cluster" } as const;
    return managedBackends({
        redis: { ...changes.redis, location },
        rabbitmq: { ...changes.rabbitmq, location },
        search: { ...changes.search, location },
    });
}

/** A protected stack `prod` on AWS; `changes` replace whole fields. */
export function awsSettings(changes: Partial<Settings> = {}): Settings {
    return {
        environment: "prod",
        stack: "prod",
        namePrefix: "hysds-prod",
        protect: true,
        tags: { project: "hysds", "cost-center": "science" },
        roles: { region: "us-west-2" },
        platform: awsPlatform(),
        backends: managedBackends(),
        hysds: {
            namespace: "hysds",
            jobsNamespace: "hysds-jobs",
            storesNamespace: "hysds-stores",
            venue: "prod",
            containerEngine: "podman",
            processModel: "prefork",
            parallelismPercent: 100,
            size: "standard",
            jobTimeoutHours: 24,
            datasetBuckets: [],
            datasetKeyArns: [],
            datasets: [],
            workers: [],
            workerFiles: [],
            workloads: {},
            ui: true,
        },
        images: { registry: "registry.example.com/hysds", tag: "v1", overrides: {} },
        artifacts: { kind: "none" },
        autoscaling: { kind: "none" },
        backups: { kind: "none" },
        ingress: {
            kind: "none",
            scheme: "internal",
            allowedCidrs: [],
            tls: "none",
            mozartLoadBalancer: false,
        },
        observability: {
            monitoring: "none",
            alarmEmails: [],
            containerLogs: "none",
            prometheus: { discovery: "operator", namespace: "monitoring", labels: {} },
        },
        ...changes,
    };
}
