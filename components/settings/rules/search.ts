import * as facts from "../limits/search";
import { Key, Values } from "../schema";
import {
    Finding,
    isManaged,
    managedKeys,
    minZones,
    Rule,
    remove,
    rule,
    set,
    zoneKeys,
    zones,
} from "./rule";

/** A rule about OpenSearch Service domains, which stacks with in-cluster stores do not have. */
function domainRule(
    name: string,
    keys: readonly Key[],
    check: (values: Values) => readonly Finding[],
): Rule {
    return rule(name, [...keys, ...managedKeys], (values) =>
        isManaged(values) ? check(values) : [],
    );
}

function version({ searchEngine, searchEngineVersion }: Values): readonly Finding[] {
    const versions: readonly string[] = facts.searchVersions[searchEngine];
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
                  fixes: [
                      set(
                          "searchInstanceCount",
                          Math.ceil(nodes / searchAvailabilityZones) * searchAvailabilityZones,
                      ),
                  ],
              },
          ];
}

function burstable(values: Values): readonly Finding[] {
    const { searchInstanceCount, searchDedicatedMasterCount } = values;
    if (searchInstanceCount <= facts.maxNodesWithT3) {
        return [];
    }
    const finding = (at: "searchInstanceType" | "searchDedicatedMasterType"): readonly Finding[] =>
        values[at].startsWith("t3.")
            ? [
                  {
                      at,
                      reason: `a domain of more than ${facts.maxNodesWithT3} data nodes takes no t3 nodes`,
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
    const max = facts.maxGp3GiB(searchInstanceType);
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
    const valid = Math.min(Math.max(searchVolumeGiB, facts.minSearchVolumeGiB), max ?? Infinity);
    return valid === searchVolumeGiB
        ? []
        : [
              {
                  at: "searchVolumeGiB",
                  reason: `${searchInstanceType} takes no gp3 volume of this size`,
                  allowed: `${facts.minSearchVolumeGiB} to ${max ?? 24576}`,
                  fixes: [set("searchVolumeGiB", valid)],
              },
          ];
}

/** Rules about the search clusters. */
export const searchRules: readonly Rule[] = [
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
    domainRule("search-volume-fits-instance", ["searchInstanceType", "searchVolumeGiB"], volume),
    domainRule(
        "search-instance-runs-engine",
        ["searchEngine", "searchInstanceType"],
        ({ searchEngine, searchInstanceType }) =>
            searchEngine === "elasticsearch" && facts.openSearchOnly.test(searchInstanceType)
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
    domainRule(
        "master-type-needs-masters",
        ["searchDedicatedMasterCount", "searchDedicatedMasterType"],
        ({ searchDedicatedMasterCount, searchDedicatedMasterType }) =>
            searchDedicatedMasterCount === 0 && searchDedicatedMasterType !== "m6g.large.search"
                ? [
                      {
                          at: "searchDedicatedMasterType",
                          reason: "searchDedicatedMasterCount is 0, so there are none",
                          fixes: [remove("searchDedicatedMasterType")],
                      },
                  ]
                : [],
    ),
];
