/** Durations of a resource's operations, as the program gives them. */
interface Timeouts {
    readonly create?: string;
    readonly update?: string;
    readonly delete?: string;
}

/** What a resource of a type must have, and nothing else of the kind: where a row is silent, there must be none. */
export interface Relations {
    /** Of the resources that the row is about; all of the type when absent. The first row that fits holds. */
    readonly name?: RegExp;
    /** Types, without package and module, that it waits for though no input of it comes from them. */
    readonly waitsFor?: readonly string[];
    /** Type of what deletes it too. */
    readonly deletedWith?: string;
    /** In a protected stack: `kept`: neither deleted nor dropped; `protected`: not deleted; `left`: only forgotten. */
    readonly data?: "kept" | "protected" | "left";
    readonly timeouts?: Timeouts;
    readonly ignoreChanges?: readonly string[];
    /** Why. */
    readonly because: string;
}

const IN_NAMESPACE = {
    deletedWith: "Namespace",
    because: "its namespace takes it along, which makes a destroy minutes faster",
} as const;
const OF_A_BUCKET = { deletedWith: "Bucket", because: "it is an aspect of its bucket" } as const;
const ALONE = { because: "its inputs say all that it waits for, and it holds no data" } as const;

const STORES_AND_PROXY = ["Broker", "ReplicationGroup", "Domain", "Deployment"];
const ROLLS = { create: "20m", update: "20m" };

/** By type, without package and module. A type that is not here is not specified, and a test says so. */
export const RELATIONS: Readonly<Record<string, readonly Relations[]>> = {
    // AWS: stores
    Broker: [
        {
            data: "kept",
            timeouts: { create: "60m", update: "60m", delete: "60m" },
            ignoreChanges: ["subnetIds", "securityGroups", "users"],
            because: "it holds queues; neither network settings nor users can change in place",
        },
    ],
    ReplicationGroup: [
        {
            data: "kept",
            timeouts: { create: "60m", update: "90m", delete: "60m" },
            because: "it holds queues and results",
        },
    ],
    Domain: [
        {
            data: "kept",
            waitsFor: ["LogResourcePolicy"],
            timeouts: { create: "90m", update: "180m", delete: "90m" },
            because: "it holds the indices, and AWS refuses its logs before the policy is there",
        },
    ],
    DomainPolicy: [
        {
            deletedWith: "Domain",
            timeouts: { update: "180m", delete: "90m" },
            because: "a domain that is being deleted takes no new policy",
        },
    ],
    RandomPassword: [
        { name: /-secret-key$/, because: "a new one ends sessions and nothing else" },
        { data: "kept", because: "without it nobody opens the store" },
    ],
    // AWS: the rest
    Key: [
        { name: /-alarms$/, because: "what it encrypts is under way for seconds" },
        { data: "kept", because: "without it what it encrypted is lost" },
    ],
    Bucket: [{ data: "kept", because: "it holds backups, or what was shipped" }],
    BucketVersioning: [OF_A_BUCKET],
    BucketPolicy: [OF_A_BUCKET],
    BucketPublicAccessBlock: [OF_A_BUCKET],
    BucketServerSideEncryptionConfiguration: [OF_A_BUCKET],
    BucketLifecycleConfiguration: [
        {
            ...OF_A_BUCKET,
            waitsFor: ["BucketVersioning"],
            because: "S3 refuses rules about old versions before versioning is on",
        },
    ],
    NodeGroup: [
        {
            waitsFor: ["RolePolicyAttachment"],
            because: "nodes join with these permissions only",
        },
    ],
    Addon: [
        {
            name: /cloudwatch/,
            waitsFor: ["NodeGroup", "LogGroup", "RolePolicy"],
            because: "its agent writes logs as soon as it runs, and needs a node to run on",
        },
        { waitsFor: ["NodeGroup"], because: "its pods need a node" },
    ],
    Cluster: [
        {
            waitsFor: ["LogGroup"],
            because: "EKS makes the log group itself, without retention, when it is not there",
        },
    ],
    FlowLog: [{ waitsFor: ["RolePolicy"], because: "it writes with this permission" }],
    LogMetricFilter: [
        { waitsFor: ["kubernetes"], because: "the log groups come with the cluster" },
    ],
    kubernetes: [
        {
            name: /^hysds-(?!local)/,
            waitsFor: ["NodeGroup", "Addon"],
            because: "pods are schedulable, and volumes are released before the driver goes",
        },
        ALONE,
    ],
    // Kubernetes
    Namespace: [
        {
            data: "protected",
            timeouts: { delete: "30m" },
            because: "volumes are claimed in it; its deletion waits for the last of them",
        },
    ],
    StatefulSet: [{ ...IN_NAMESPACE, data: "kept", because: "it is a store" }],
    PersistentVolumeClaim: [{ ...IN_NAMESPACE, data: "kept", because: "backups lie in it" }],
    Job: [
        {
            ...IN_NAMESPACE,
            waitsFor: ["stores"],
            timeouts: { create: "1800s", update: "1800s" },
            because: "it prepares the search clusters, so it needs them",
        },
    ],
    CronJob: [
        {
            ...IN_NAMESPACE,
            name: /^backup-search/,
            waitsFor: ["snapshots"],
            because: "it registers a repository, which the cluster refuses without the permission",
        },
        { ...IN_NAMESPACE, waitsFor: ["stores"], because: "it asks the stores" },
    ],
    DaemonSet: [{ ...IN_NAMESPACE, waitsFor: ["stores"], because: "it writes to Redis" }],
    Deployment: [
        {
            ...IN_NAMESPACE,
            name: /^(gateway|operations-relay)$/,
            because: "they answer, or wait, before anything behind them is there",
        },
        {
            ...IN_NAMESPACE,
            name: /search-proxy$/,
            waitsFor: ["RolePolicy"],
            because: "it signs with this permission",
        },
        {
            ...IN_NAMESPACE,
            name: /^cluster-autoscaler$/,
            waitsFor: ["RolePolicy", "RoleBinding", "ClusterRoleBinding"],
            because: "it ends when it may not read the cluster or its groups",
        },
        {
            ...IN_NAMESPACE,
            name: /-exporter$/,
            waitsFor: ["stores"],
            because: "it asks a store",
        },
        {
            ...IN_NAMESPACE,
            name: /-logstash-indexer$|^(mozart|grq2|pele)$/,
            waitsFor: ["Job"],
            timeouts: ROLLS,
            because: "an index made before its template has wrong mappings for ever",
        },
        {
            ...IN_NAMESPACE,
            waitsFor: ["stores"],
            timeouts: ROLLS,
            because: "its processes end when they reach no store",
        },
    ],
    ServiceMonitor: [
        { ...IN_NAMESPACE, waitsFor: ["Service"], because: "it names the Service by a label" },
    ],
    TriggerAuthentication: [
        { waitsFor: ["Release"], because: "KEDA's finalizer ends with a running KEDA only" },
    ],
    ScaledObject: [
        {
            waitsFor: ["Release", "Deployment", "TriggerAuthentication"],
            because: "KEDA scales what is there; its finalizer ends with a running KEDA only",
        },
    ],
    StorageClass: [{ ignoreChanges: ["reclaimPolicy"], because: "Kubernetes forbids its change" }],
    ConfigMap: [IN_NAMESPACE],
    NetworkPolicy: [IN_NAMESPACE],
    PodDisruptionBudget: [IN_NAMESPACE],
    PrometheusRule: [IN_NAMESPACE],
    Role: [
        { name: /^cluster-autoscaler$/, ...IN_NAMESPACE },
        {
            ignoreChanges: ["name", "path"],
            because: "IAM changes neither, and a cluster ends with its role",
        },
    ],
    RoleBinding: [IN_NAMESPACE],
    Secret: [IN_NAMESPACE],
    Service: [IN_NAMESPACE],
    ServiceAccount: [IN_NAMESPACE],
    ClusterRole: [ALONE],
    ClusterRoleBinding: [ALONE],
    Configuration: [ALONE],
    Dashboard: [ALONE],
    DefaultSecurityGroup: [ALONE],
    LaunchTemplate: [ALONE],
    LogGroup: [
        {
            name: /-control-plane$/,
            data: "left",
            because: "EKS would make it again without retention, as it logs to the last",
        },
        ALONE,
    ],
    LogResourcePolicy: [ALONE],
    MetricAlarm: [ALONE],
    ParameterGroup: [ALONE],
    Release: [ALONE],
    RolePolicy: [ALONE],
    RolePolicyAttachment: [ALONE],
    SecurityGroup: [ALONE],
    SecurityGroupIngressRule: [ALONE],
    SubnetGroup: [ALONE],
    Parameter: [
        {
            waitsFor: ["Deployment", "Job", "DaemonSet"],
            because: "it tells that everything in the cluster has been made",
        },
    ],
    Topic: [ALONE],
    TopicPolicy: [ALONE],
    Vpc: [ALONE],
    VpcEndpoint: [ALONE],
};

/** What `stores` and `snapshots` stand for in a stack. */
export const GROUPS: Readonly<
    Record<"prod" | "local", Readonly<Record<string, readonly string[]>>>
> = {
    prod: { stores: STORES_AND_PROXY, snapshots: ["RolePolicy"] },
    local: { stores: ["StatefulSet"], snapshots: ["StatefulSet"] },
};
