import { z } from "zod";
import { Fields, fields } from "../fields";
import { key, topicKeys } from "../key";
import * as limits from "../limits/search";
import { Finding, Rule, rule, RuleContext, set } from "../rule";
import type { Key, Values } from "../schema";
import { notOffered } from "./instance-offers";
import { minZones, zoneKeys, zones } from "./network";
import { searchLocation, SearchLocation } from "./external-stores";
import { isOnAws, placeKeys, placeOf, where } from "./stores";

const MANAGED = where("search", "aws");
const IN_CLUSTER = where("search", "in-cluster");

/** Keys about the search clusters. */
export const keys = topicKeys("Search", {
    searchEngine: key(z.enum(["elasticsearch", "opensearch"]), {
        default: "opensearch",
        description:
            "Engine of the search clusters. Dashboards follow it: Kibana, or OpenSearch Dashboards.",
    }),
    searchEngineVersion: key(z.string(), {
        default: "2.19",
        description: "Version of the engine.",
        allowed: `opensearch: ${limits.searchVersions.opensearch.join(", ")}; elasticsearch: ${limits.searchVersions.elasticsearch.join(", ")}`,
    }),
    searchLayout: key(z.enum(["shared", "separate"]), {
        default: "shared",
        description: "One cluster for mozart, grq and metrics, or one for each.",
    }),
    searchInstanceType: key(z.string().regex(limits.searchInstanceType), {
        default: "t3.medium.search",
        description: "Instance type of the data nodes.",
        allowed: "an OpenSearch Service instance type, which ends in .search",
        requires: MANAGED,
    }),
    searchInstanceCount: key(z.int().min(1).max(limits.maxDataNodes), {
        default: 1,
        description: "Data nodes of each domain.",
        requires: MANAGED,
    }),
    searchAvailabilityZones: key(z.int().min(1).max(3), {
        default: 1,
        description: "Availability zones that the data nodes are spread over.",
        requires: MANAGED,
    }),
    searchDedicatedMasterCount: key(z.literal([0, 3]), {
        default: 0,
        description: "Dedicated master nodes of each domain.",
        requires: MANAGED,
    }),
    searchDedicatedMasterType: key(z.string().regex(limits.searchInstanceType), {
        default: "m6g.large.search",
        description: "Instance type of the dedicated master nodes.",
        allowed: "an OpenSearch Service instance type, which ends in .search",
        requires: MANAGED.map((managed) => ({ ...managed, searchDedicatedMasterCount: 3 })),
    }),
    searchVolumeGiB: key(z.int().min(1).max(24576), {
        default: 100,
        description: "Volume of each data node (gp3 on AWS), GiB.",
        requires: [...MANAGED, ...IN_CLUSTER],
    }),
    searchMemoryMiB: key(z.int().min(1024).max(65536), {
        default: 2048,
        description: "Memory of an in-cluster search container, MiB; the JVM heap is half of it.",
        requires: IN_CLUSTER,
    }),
    searchCreateServiceLinkedRole: key(z.boolean(), {
        default: false,
        description:
            "Create the role AWSServiceRoleForAmazonOpenSearchService, which a domain in a VPC needs. An account has one: a second creation fails.",
        requires: MANAGED,
    }),
});

/** A rule about OpenSearch Service domains, which stacks with in-cluster stores do not have. */
function domainRule(
    name: string,
    keys: readonly Key[],
    check: (values: Values, context: RuleContext) => readonly Finding[],
): Rule {
    return rule(name, [...keys, ...placeKeys("search")], (values, context) =>
        isOnAws(values, "search") ? check(values, context) : [],
    );
}

function version({ searchEngine, searchEngineVersion }: Values): readonly Finding[] {
    const versions: readonly string[] = limits.searchVersions[searchEngine];
    const fallback = searchEngine === "opensearch" ? "2.19" : "7.10";
    return versions.includes(searchEngineVersion)
        ? []
        : [
              {
                  at: "searchEngineVersion",
                  reason: `there is no such version of ${searchEngine} (in a stack file it needs quotes: 7.10 without them is 7.1)`,
                  allowed: versions.join(", "),
                  fixes: [set("searchEngineVersion", fallback)],
              },
          ];
}

function zonesAvailable(values: Values): readonly Finding[] {
    const available = zones(values);
    return available < minZones || values.searchAvailabilityZones <= available
        ? []
        : [
              {
                  at: "searchAvailabilityZones",
                  reason: `the stack has ${available} zones, and a domain needs one subnet in each of its own`,
                  allowed: `1 to ${available}`,
                  fixes: [set("searchAvailabilityZones", available)],
              },
          ];
}

/** The number of nodes next to one, above it where there may be more, that zones share evenly. */
function evenly(nodes: number, zoneCount: number): number {
    const more = Math.ceil(nodes / zoneCount) * zoneCount;
    return more > limits.maxDataNodes ? more - zoneCount : more;
}

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html */
function nodesPerZone({
    searchInstanceCount: nodes,
    searchAvailabilityZones,
}: Values): readonly Finding[] {
    return nodes % searchAvailabilityZones === 0
        ? []
        : [
              {
                  at: "searchInstanceCount",
                  reason: `it is not a multiple of searchAvailabilityZones, which is ${searchAvailabilityZones}`,
                  allowed: `a multiple of ${searchAvailabilityZones}`,
                  fixes: [set("searchInstanceCount", evenly(nodes, searchAvailabilityZones))],
              },
          ];
}

function burstable(values: Values): readonly Finding[] {
    const { searchInstanceCount, searchDedicatedMasterCount } = values;
    if (searchInstanceCount <= limits.maxNodesWithT3) {
        return [];
    }
    const finding = (at: "searchInstanceType" | "searchDedicatedMasterType"): readonly Finding[] =>
        values[at].startsWith("t3.")
            ? [
                  {
                      at,
                      reason: `a domain of more than ${limits.maxNodesWithT3} data nodes takes no t3 nodes`,
                      allowed: "an instance type of another family",
                      fixes: [set(at, "m6g.large.search")],
                  },
              ]
            : [];
    return [
        ...finding("searchInstanceType"),
        ...(searchDedicatedMasterCount > 0 ? finding("searchDedicatedMasterType") : []),
    ];
}

function volume({ searchInstanceType, searchVolumeGiB }: Values): readonly Finding[] {
    const max = limits.maxGp3GiB(searchInstanceType);
    if (max === 0) {
        const reason = "it takes no gp3 volume, which is what every data node gets";
        const fixes = [set("searchInstanceType", "m6g.large.search")];
        return [
            {
                at: "searchInstanceType",
                reason,
                allowed: "t3, m5, m6g, c5, c6g, r5, r6g or newer",
                fixes,
            },
        ];
    }
    const valid = Math.min(Math.max(searchVolumeGiB, limits.minSearchVolumeGiB), max ?? Infinity);
    return valid === searchVolumeGiB
        ? []
        : [
              {
                  at: "searchVolumeGiB",
                  reason: `${searchInstanceType} takes no gp3 volume of this size`,
                  allowed: `${limits.minSearchVolumeGiB} to ${max ?? 24576}`,
                  fixes: [set("searchVolumeGiB", valid)],
              },
          ];
}

/** Memory that a machine of 8 GiB has left for the in-cluster search containers, MiB. */
const smallSearchMemoryMiB = 3072;

/** Rules about the search clusters. */
export const rules: readonly Rule[] = [
    rule("search-version-of-engine", ["searchEngine", "searchEngineVersion"], version),
    domainRule("search-zones-available", ["searchAvailabilityZones", ...zoneKeys], zonesAvailable),
    domainRule(
        "search-nodes-in-every-zone",
        ["searchInstanceCount", "searchAvailabilityZones"],
        nodesPerZone,
    ),
    domainRule(
        "no-t3-in-large-domains",
        [
            "searchInstanceCount",
            "searchInstanceType",
            "searchDedicatedMasterCount",
            "searchDedicatedMasterType",
        ],
        burstable,
    ),
    domainRule(
        "search-nodes-are-offered",
        ["searchInstanceType", "searchDedicatedMasterCount", "searchDedicatedMasterType"],
        (values, context) =>
            (values.searchDedicatedMasterCount > 0
                ? (["searchInstanceType", "searchDedicatedMasterType"] as const)
                : (["searchInstanceType"] as const)
            ).flatMap((key) => notOffered("search", key, values[key], context)),
    ),
    domainRule("search-volume-fits-instance", ["searchInstanceType", "searchVolumeGiB"], volume),
    domainRule(
        "search-instance-runs-engine",
        ["searchEngine", "searchInstanceType"],
        ({ searchEngine, searchInstanceType }) =>
            searchEngine === "elasticsearch" && limits.openSearchOnly.test(searchInstanceType)
                ? [
                      {
                          at: "searchInstanceType",
                          reason: "OpenSearch alone runs on this family",
                          allowed: "an instance type of the t3, m, c or r families",
                          fixes: [set("searchInstanceType", "m6g.large.search")],
                      },
                  ]
                : [],
    ),
    rule(
        "small-search-fits",
        ["size", ...placeKeys("search"), "searchMemoryMiB", "searchLayout"],
        (values) => {
            const clusters = values.searchLayout === "shared" ? 1 : 3;
            if (
                values.size !== "small" ||
                placeOf(values, "search") !== "in-cluster" ||
                clusters * values.searchMemoryMiB <= smallSearchMemoryMiB
            ) {
                return [];
            }
            const reason = `size small leaves ${smallSearchMemoryMiB} MiB for search, and this is ${clusters} of ${values.searchMemoryMiB} MiB`;
            return clusters === 1
                ? [{ at: "searchMemoryMiB", reason, fixes: [set("searchMemoryMiB", 2048)] }]
                : [{ at: "searchLayout", reason, fixes: [set("searchLayout", "shared")] }];
        },
    ),
];

/** The search clusters. `volumeGiB` is gp3 on AWS; the JVM heap of an in-cluster node is half of `memoryMiB`. */
export type SearchSettings = Fields<"search", typeof keys> & { readonly location: SearchLocation };

export type SearchEngine = SearchSettings["engine"];

/** The search clusters as their keys have them. */
export function searchSettings(values: Values): SearchSettings {
    return { ...fields(values, "search", keys), location: searchLocation(values) };
}
