/** Engine versions that ElastiCache offers for new replication groups. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html */
export const redisVersions = {
    valkey: ["7.2", "8.0", "8.1", "8.2", "9.0"],
    redis: ["6.2", "7.0", "7.1"],
} as const;

/** Node types of current generations. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html */
export const redisNodeType =
    /^cache\.((t3|t4g)\.(micro|small|medium)|(m5|m6g|m7g|r5|r6g|r6gd|r7g|c7gn)\.(large|\d*xlarge))$/;
