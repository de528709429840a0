import { RedisSettings, SearchEngine } from "../../settings/settings";

/**
 * Images of the in-cluster stores, by the engine version that the managed services name. Each is the project's own
 * or a Docker Official image, pulled without an account, pinned to a patch release. Bitnami's are avoided: its
 * versioned images moved behind a subscription in August 2025 (https://github.com/bitnami/charts/issues/35164).
 *
 * A version that is not in these tables gets its `.0` release, which every one of these projects publishes.
 */
const PATCH_RELEASES = {
    rabbitmq: { "3.13": "3.13.7", "4.0": "4.0.9", "4.1": "4.1.8", "4.2": "4.2.9", "4.3": "4.3.5" },
    // ElastiCache's 8.2 is Valkey 8.1 with a search module of its own.
    valkey: { "7.2": "7.2.11", "8.0": "8.0.6", "8.1": "8.1.10", "8.2": "8.1.10", "9.0": "9.0.6" },
    opensearch: { "2.19": "2.19.6" },
    elasticsearch: { "7.10": "7.10.2" },
} as const;

/**
 * Versity S3 Gateway, Apache-2.0, the project's own image. Why this server: docs/datasets.md.
 */
export const OBJECT_STORE_IMAGE = "docker.io/versity/versitygw:v1.8.0";

function patchRelease(project: keyof typeof PATCH_RELEASES, version: string): string {
    const known: Readonly<Record<string, string>> = PATCH_RELEASES[project];
    return known[version] ?? `${version}.0`;
}

/**
 * Docker Official image with the management plugin, MPL-2.0.
 *
 * @param version `3.13`, `4.2`, …
 */
export function rabbitmqImage(version: string): string {
    return `docker.io/library/rabbitmq:${patchRelease("rabbitmq", version)}-management`;
}

/**
 * Valkey (BSD-3-Clause), or Redis 7.2, the last series under BSD-3-Clause (https://redis.io/legal/licenses/). Redis
 * versions of ElastiCache up to 7.1 speak the same protocol, so all of them get 7.2.
 */
export function redisImage(settings: Pick<RedisSettings, "engine" | "engineVersion">): string {
    return settings.engine === "redis"
        ? "docker.io/library/redis:7.2.16"
        : `docker.io/valkey/valkey:${patchRelease("valkey", settings.engineVersion)}`;
}

/**
 * OpenSearch (Apache-2.0), or Elasticsearch's default distribution, whose free Elastic License includes the basic
 * authentication that the Apache-2.0 build lacks (https://www.elastic.co/subscriptions).
 */
export function searchImage(engine: SearchEngine, version: string): string {
    const tag = patchRelease(engine, version);
    return engine === "opensearch"
        ? `docker.io/opensearchproject/opensearch:${tag}`
        : `docker.elastic.co/elasticsearch/elasticsearch:${tag}`;
}
