/** Engine versions that ElastiCache offers for new replication groups. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html */
export const redisVersions = {
    valkey: ["7.2", "8.0", "8.1", "8.2", "9.0"],
    redis: ["6.2", "7.0", "7.1"],
} as const;

/**
 * Node types of current generations. Those of r6gd are left out: they move what is used less to disk, which queues and
 * results have no use for, and AWS makes them with data tiering only
 * (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/data-tiering.html).
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html */
export const redisNodeType =
    /^cache\.((t3|t4g)\.(micro|small|medium)|(m5|m6g|m7g|m8g|r5|r6g|r7g|r8g|c7gn)\.(large|\d*xlarge))$/;

/** First version that takes `transitEncryptionMode`. https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
export function takesTransitEncryptionMode(engineVersion: string): boolean {
    return !engineVersion.startsWith("6.");
}
