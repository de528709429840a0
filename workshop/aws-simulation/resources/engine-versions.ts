import { Properties } from "../wire/values";
import { text } from "./row";

interface EngineVersion {
    readonly engine: string;
    readonly major: number;
    readonly minor: number;
}

/** Of `OpenSearch_2.19`. */
function searchVersion(engineVersion: string): EngineVersion {
    const [engine = "", version = ""] = engineVersion.split("_");
    const [major = 0, minor = 0] = version.split(".").map(Number);
    return { engine, major, minor };
}

/**
 * Whether a domain can be upgraded in place: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/version-migration.html
 */
function isSearchUpgrade(from: EngineVersion, to: EngineVersion): boolean {
    if (from.engine !== to.engine) {
        return from.engine === "Elasticsearch" && from.major === 7 && to.major === 1;
    }
    if (from.major === to.major) {
        return to.minor > from.minor;
    }
    const lastOfMajor = from.engine === "OpenSearch" ? { 1: 3, 2: 19 }[from.major] : undefined;
    return to.major === from.major + 1 && from.minor === lastOfMajor;
}

/**
 * The provider asks AWS which versions a domain can be upgraded to, and replaces it for any other: ForceNewIf in
 * terraform-provider-aws, internal/service/opensearch/domain.go.
 */
export function searchReplacement(olds: Properties, news: Properties): readonly string[] {
    const [from, to] = [olds, news].map((of) => text(of, "engineVersion"));
    return from && to && from !== to && !isSearchUpgrade(searchVersion(from), searchVersion(to))
        ? ["engineVersion"]
        : [];
}

/**
 * No way back to an older version, nor from Valkey to Redis OSS, without a new replication group: terraform-provider-aws,
 * internal/service/elasticache/engine_version.go.
 */
export function cacheReplacement(olds: Properties, news: Properties): readonly string[] {
    const engines = [olds, news].map((of) => text(of, "engine"));
    if (engines[0] !== engines[1]) {
        return engines[0] === "valkey" ? ["engine"] : [];
    }
    const [from = [], to = []] = [olds, news].map((of) =>
        text(of, "engineVersion").split(".").map(Number),
    );
    const difference = (to[0] ?? 0) - (from[0] ?? 0) || (to[1] ?? 0) - (from[1] ?? 0);
    return difference < 0 ? ["engineVersion"] : [];
}
