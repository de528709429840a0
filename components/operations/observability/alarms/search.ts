import { AlarmRow, CloudWatchCondition, Metric, metricsOf, Sizes } from "../alarm";
import { domainNodes } from "../sizes";

const es = metricsOf("AWS/ES");

/** Values and periods of every row below are those of this page. */
const RECOMMENDED =
    "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/cloudwatch-alarms.html";

const hasMasters = ({ settings }: Sizes): boolean =>
    settings.backends.search.dedicatedMasterCount > 0;

/** One metric against one number, as AWS recommends it. */
function recommended(
    metric: Metric,
    more: Pick<CloudWatchCondition, "comparison" | "threshold" | "periodSeconds" | "periods"> &
        Partial<CloudWatchCondition>,
): CloudWatchCondition {
    return {
        metrics: { value: metric },
        unit: "",
        missing: "ignore",
        missingBecause: "search-nodes tells of a domain that is silent",
        ...more,
    };
}

const once = { comparison: ">=", threshold: 1, periodSeconds: 60, periods: 1 } as const;

/** Health and storage of search domains, and of search in the cluster. */
export const SEARCH_ALARMS: readonly AlarmRow[] = [
    {
        name: "search-red",
        watched: "domain",
        severity: "critical",
        meaning:
            "A primary shard is on no node: part of the data can be neither searched nor written.",
        action: "GET _cluster/allocation/explain says why. Most often the disk is full: delete old indices, then raise hysds:searchVolumeGiB. A lost single node: restore the last snapshot.",
        source: RECOMMENDED,
        cloudwatch: recommended(es("ClusterStatus.red", "Maximum"), once),
        prometheus: {
            expression: ({ services }) =>
                `elasticsearch_cluster_health_status{namespace="${services}",color="red"} == 1`,
            duration: "1m",
        },
    },
    {
        name: "search-yellow",
        watched: "domain",
        severity: "warning",
        meaning: "A replica is on no node: the loss of one more node loses data.",
        action: "GET _cluster/allocation/explain says why; after the loss of a node it mends itself within the hour.",
        source: RECOMMENDED,
        cloudwatch: recommended(es("ClusterStatus.yellow", "Maximum"), {
            ...once,
            periods: 5,
            // Replicas of an index have no place on a single node.
            applies: ({ settings }) => settings.backends.search.instanceCount > 1,
        }),
    },
    {
        name: "search-storage",
        watched: "domain",
        severity: "critical",
        meaning:
            "A node has little disk left. Soon the cluster blocks writes: statuses and datasets are no longer indexed.",
        action: "GET _cat/indices?s=store.size:desc: delete old logstash-, sdswatch- and status indices, or raise hysds:searchVolumeGiB.",
        source: RECOMMENDED,
        cloudwatch: recommended(es("FreeStorageSpace", "Minimum"), {
            comparison: "<=",
            threshold: {
                of: ({ settings }) => 0.25 * settings.backends.search.volumeGiB * 1024,
                words: "25% of `searchVolumeGiB`, of each node",
            },
            unit: "MiB",
            periodSeconds: 60,
            periods: 1,
        }),
        prometheus: {
            expression: ({ services }) =>
                `elasticsearch_filesystem_data_available_bytes{namespace="${services}"} / elasticsearch_filesystem_data_size_bytes < 0.25`,
            duration: "5m",
        },
    },
    {
        name: "search-writes-blocked",
        watched: "domain",
        severity: "critical",
        meaning: "The domain refuses writes, for lack of disk or of memory.",
        action: "Act on search-storage or search-jvm, whichever is on too; Logstash writes what it holds back once the block is gone.",
        source: RECOMMENDED,
        cloudwatch: recommended(es("ClusterIndexWritesBlocked", "Maximum"), {
            ...once,
            periodSeconds: 300,
        }),
    },
    {
        name: "search-nodes",
        watched: "domain",
        severity: "critical",
        meaning: "A node of the domain has been away for an hour.",
        action: "Console of the domain, tab Cluster health: during a blue/green deployment there are more nodes, never fewer. If none is under way, open a support case.",
        source: RECOMMENDED,
        cloudwatch: recommended(es("Nodes", "Minimum"), {
            comparison: "<",
            threshold: {
                of: ({ settings }) => domainNodes(settings.backends.search),
                words: "`searchInstanceCount` + `searchDedicatedMasterCount`",
            },
            // AWS says a day, after which it replaces the node by itself.
            periodSeconds: 3600,
            periods: 1,
            missing: "breaching",
            missingBecause: "a domain that lives reports each minute: silence is an outage",
        }),
    },
    {
        name: "search-snapshot",
        watched: "domain",
        severity: "warning",
        meaning: "The domain's automated snapshot failed.",
        action: "A red cluster cannot be snapshotted: act on search-red first.",
        source: RECOMMENDED,
        cloudwatch: recommended(es("AutomatedSnapshotFailure", "Maximum"), once),
    },
    {
        name: "search-cpu",
        watched: "domain",
        severity: "warning",
        meaning: "Data nodes are short of CPU: searches and bulk writes are slow.",
        action: "GET _nodes/hot_threads; a dashboard over months of data is the usual cause. Otherwise take a larger hysds:searchInstanceType.",
        source: RECOMMENDED,
        cloudwatch: recommended(es("CPUUtilization", "Maximum"), {
            comparison: ">=",
            threshold: 80,
            unit: "%",
            periodSeconds: 900,
            periods: 3,
        }),
    },
    {
        name: "search-jvm",
        watched: "domain",
        severity: "critical",
        meaning: "The heap is full: garbage collection stops the node, and requests fail.",
        action: "Clear field data caches (POST _cache/clear?fielddata=true), close old indices; then take a larger hysds:searchInstanceType.",
        source: RECOMMENDED,
        cloudwatch: recommended(es("JVMMemoryPressure", "Maximum"), {
            comparison: ">=",
            threshold: 95,
            unit: "%",
            periodSeconds: 60,
            periods: 3,
        }),
        prometheus: {
            expression: ({ services }) =>
                `elasticsearch_jvm_memory_used_bytes{namespace="${services}",area="heap"} / elasticsearch_jvm_memory_max_bytes > 0.95`,
            duration: "3m",
        },
    },
    {
        name: "search-jvm-old",
        watched: "domain",
        severity: "warning",
        meaning: "The heap's old generation fills: search-jvm comes next.",
        action: "Fewer shards (GET _cat/shards), or a larger hysds:searchInstanceType.",
        source: RECOMMENDED,
        cloudwatch: recommended(es("OldGenJVMMemoryPressure", "Maximum"), {
            comparison: ">=",
            threshold: 80,
            unit: "%",
            periodSeconds: 60,
            periods: 3,
        }),
    },
    {
        name: "search-master-cpu",
        watched: "domain",
        severity: "warning",
        meaning: "Dedicated masters are short of CPU: the cluster may lose its master.",
        action: "Fewer shards and mappings, or a larger hysds:searchDedicatedMasterType.",
        source: RECOMMENDED,
        cloudwatch: recommended(es("MasterCPUUtilization", "Maximum"), {
            comparison: ">=",
            threshold: 50,
            unit: "%",
            periodSeconds: 900,
            periods: 3,
            applies: hasMasters,
        }),
    },
    {
        name: "search-master-jvm",
        watched: "domain",
        severity: "critical",
        meaning: "The heap of the dedicated masters is full.",
        action: "Fewer shards and mappings, or a larger hysds:searchDedicatedMasterType.",
        source: RECOMMENDED,
        cloudwatch: recommended(es("MasterJVMMemoryPressure", "Maximum"), {
            comparison: ">=",
            threshold: 95,
            unit: "%",
            periodSeconds: 60,
            periods: 3,
            applies: hasMasters,
        }),
    },
    {
        name: "search-write-queue",
        watched: "domain",
        severity: "warning",
        meaning: "Writes queue up in the data nodes; when the queue is full they are rejected.",
        action: "Look at search-cpu and at the rate of Logstash; bulk requests of single documents are the usual cause.",
        source: RECOMMENDED,
        cloudwatch: recommended(es("ThreadpoolWriteQueue", "Average"), {
            comparison: ">=",
            threshold: 100,
            periodSeconds: 60,
            periods: 1,
        }),
    },
    ...(["KMSKeyError", "KMSKeyInaccessible"] as const).map((metric): AlarmRow => ({
        name: metric === "KMSKeyError" ? "search-key-error" : "search-key-inaccessible",
        watched: "domain",
        severity: "critical",
        meaning:
            "The domain cannot use the KMS key that encrypts it. Without the key for long enough, its data is lost.",
        action: "aws kms describe-key: enable the key, or cancel its deletion, at once.",
        source: RECOMMENDED,
        cloudwatch: recommended(es(metric, "Maximum"), {
            ...once,
            missing: "notBreaching",
            missingBecause: "the metric exists only while there is a problem with the key",
        }),
    })),
];
