import { describe, expect, it } from "vitest";
import { GROUP, Refusal, refusalsOf } from "./support/refusals";

describe("AWS refuses of ElastiCache", () => {
    it.each<Refusal>([
        ["a short token", { authToken: "short" }, "from 16 to 128"],
        [
            "a slash in the token",
            { authToken: "sixteen/chars/at/least" },
            "only alphanumeric characters or symbols",
        ],
        [
            "a token in the clear",
            { transitEncryptionEnabled: false },
            "AUTH token is only supported when encryption-in-transit is enabled",
        ],
        [
            "failover with one node",
            { numCacheClusters: 1 },
            "must be at least 2 if automaticFailoverEnabled is true",
        ],
        [
            "zones without failover",
            { automaticFailoverEnabled: false },
            "automaticFailoverEnabled must be true if multiAzEnabled is true",
        ],
        ["two ways to count", { numNodeGroups: 1 }, "conflicts with numNodeGroups"],
        [
            "another engine's parameters",
            { parameterGroupName: "redis" },
            "Expected a parameter group of family valkey8 but found one of family redis7",
        ],
        ["one subnet for two zones", { subnetGroupName: "one" }, "Multi-AZ"],
        [
            "an instance type of EC2",
            { nodeType: "t4g.small" },
            "The cache node type t4g.small is not valid.",
        ],
        [
            "a size that there is nowhere",
            { nodeType: "cache.m6g.9xlarge" },
            "The cache node type cache.m6g.9xlarge is not valid.",
        ],
        [
            "r6gd without data tiering",
            { nodeType: "cache.r6gd.xlarge" },
            "Data tiering must be enabled",
        ],
        [
            "a mode of encryption with an engine that knows none",
            { engine: "redis", engineVersion: "6.2", transitEncryptionMode: "required" },
            "Transit encryption mode is not supported for engine version 6.2",
        ],
        [
            "an id that ends in a hyphen",
            { replicationGroupId: "hysds-" },
            '"replicationGroupId" must be',
        ],
    ])("%s", (_, change, wording) => {
        expect(refusalsOf(GROUP, change)).toContainEqual(expect.stringContaining(wording));
    });
});
