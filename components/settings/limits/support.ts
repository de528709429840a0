import { kubernetesVersions } from "./kubernetes";
import { rabbitmqVersions } from "./rabbitmq";
import { redisVersions } from "./redis";
import { searchVersions } from "./search";

/** Until when AWS supports one version of an engine; ISO dates, UTC. Without dates no end has been announced. */
export interface Support {
    readonly standardUntil?: string;
    /** Security fixes for an extra charge. */
    readonly extendedUntil?: string;
}

export type SupportTable = Readonly<Record<string, Support>>;

function withoutEnd(versions: readonly string[]): SupportTable {
    return Object.fromEntries(versions.map((version) => [version, {}]));
}

/**
 * Every version of an engine that AWS supports, or did, and its end of support. Sources:
 * Kubernetes: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html#kubernetes-release-calendar,
 * ElastiCache: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html,
 * RabbitMQ: https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-version-management.html,
 * search: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html#choosing-version;
 * the last three also as https://endoflife.date follows them.
 */
export const support: Readonly<Record<string, SupportTable>> = {
    kubernetes: kubernetesVersions,
    valkey: withoutEnd(redisVersions.valkey),
    redis: {
        ...withoutEnd(redisVersions.redis),
        "6": { standardUntil: "2027-01-31", extendedUntil: "2030-01-31" },
        "6.2": { standardUntil: "2027-01-31", extendedUntil: "2030-01-31" },
        "5": { standardUntil: "2026-01-31", extendedUntil: "2029-01-31" },
        "4": { standardUntil: "2026-01-31", extendedUntil: "2029-01-31" },
    },
    rabbitmq: {
        ...withoutEnd(rabbitmqVersions),
        "3.12": { standardUntil: "2025-03-17" },
        "3.11": { standardUntil: "2025-02-17" },
    },
    opensearch: {
        ...withoutEnd(searchVersions.opensearch),
        "2.9": { standardUntil: "2025-11-07", extendedUntil: "2026-11-07" },
        "2.7": { standardUntil: "2025-11-07", extendedUntil: "2026-11-07" },
        "2.5": { standardUntil: "2025-11-07", extendedUntil: "2026-11-07" },
        "2.3": { standardUntil: "2025-11-07", extendedUntil: "2026-11-07" },
    },
    elasticsearch: {
        "7.10": { standardUntil: "2027-11-07", extendedUntil: "2030-11-07" },
        "7.9": { standardUntil: "2027-11-07", extendedUntil: "2028-11-07" },
        "7.8": { standardUntil: "2025-11-07", extendedUntil: "2027-11-07" },
    },
};
