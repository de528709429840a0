/**
 * Engine versions of an OpenSearch Service domain, as `aws opensearch list-versions` lists them; older ones are past
 * their standard support. 7.10 is the last Elasticsearch there is under its Apache licence.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html#choosing-version
 */
export const searchVersions = {
    elasticsearch: ["7.10"],
    opensearch: ["2.11", "2.13", "2.15", "2.17", "2.19", "3.1", "3.3", "3.5"],
} as const;

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html */
export const searchInstanceType =
    /^(t3\.(small|medium)|[a-z]+\d*[a-z]*\.(medium|large|\d*xlarge))\.search$/;

/** Smallest EBS volume of a data node, GiB. */
export const minSearchVolumeGiB = 10;

/** Largest gp3 volume of a data node by instance type, GiB. */
const gp3Limits: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    t3: { small: 100, medium: 200 },
    m5: { large: 1024, xlarge: 2048, "2xlarge": 3072, "4xlarge": 6144, "12xlarge": 18432 },
    m6g: {
        large: 1024,
        xlarge: 2048,
        "2xlarge": 3072,
        "4xlarge": 6144,
        "8xlarge": 12288,
        "12xlarge": 18432,
    },
    c5: {
        large: 256,
        xlarge: 512,
        "2xlarge": 1024,
        "4xlarge": 1536,
        "9xlarge": 3584,
        "18xlarge": 7168,
    },
    c6g: {
        large: 256,
        xlarge: 512,
        "2xlarge": 1024,
        "4xlarge": 1536,
        "8xlarge": 3072,
        "12xlarge": 4608,
    },
    r5: { large: 2048, xlarge: 3072, "2xlarge": 6144, "4xlarge": 12288, "12xlarge": 24576 },
    r6g: {
        large: 2048,
        xlarge: 3072,
        "2xlarge": 6144,
        "4xlarge": 12288,
        "8xlarge": 16384,
        "12xlarge": 24576,
    },
};

/**
 * Families without gp3: of a generation that only knows gp2, or with an instance store in the place of volumes (i, im,
 * oi, and those with a d), or UltraWarm's.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html
 */
const withoutGp3 = /^((t2|m3|m4|c4|r3|r4)$|(i|im|oi|ultrawarm)\d|[a-z]+\d[a-z]*d[a-z]*$)/;

/**
 * Largest gp3 volume that a data node takes, GiB: 0 when its class has no gp3, undefined when it is not known.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html#ebsresource
 */
export function maxGp3GiB(instanceType: string): number | undefined {
    const [family = "", size = ""] = instanceType.split(".");
    return withoutGp3.test(family) ? 0 : gp3Limits[family]?.[size];
}

/** Data nodes from which on T3 nodes are refused, as data nodes and as dedicated masters. https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html#clusterresource */
export const maxNodesWithT3 = 10;

/** OR and OM instances keep their data in S3, which Elasticsearch cannot. https://docs.aws.amazon.com/opensearch-service/latest/developerguide/or1.html */
export const openSearchOnly = /^(or|om|oi)\d/;

/** Most data nodes of a domain that AWS gives without being asked. https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html#clusterresource */
export const maxDataNodes = 80;
