import { fsbp } from "../references";
import { checksDomains } from "../resources/search-domain";
import { rule } from "../rule";
import { count } from "../setting";

export const searchZones = checksDomains(
    rule({
        name: "search-multi-zone",
        description:
            "Search domains have data nodes in several zones, so that the loss of one leaves a replica of every shard.",
        reference: fsbp("Opensearch.6"),
        fix: "raise hysds:searchInstanceCount and hysds:searchAvailabilityZones.",
        severity: "high",
        settings: {
            minNodes: count("Minimum number of data nodes.", 3),
            minZones: count("Minimum number of zones that they are spread over.", 3),
        },
        enforcement: { dev: "disabled" },
    }),
    ({ clusterConfig }, { report, part, settings: { minNodes, minZones } }) => {
        part(() => {
            const nodes = clusterConfig?.instanceCount ?? 1;
            if (nodes < minNodes) {
                report(`the domain has ${nodes} data nodes, less than ${minNodes}`);
            }
        });
        part(() => {
            const isAware = clusterConfig?.zoneAwarenessEnabled === true;
            const zones = isAware
                ? (clusterConfig.zoneAwarenessConfig?.availabilityZoneCount ?? 2)
                : 1;
            if (zones < minZones) {
                report(`the data nodes are in ${zones} zones, less than ${minZones}`);
            }
        });
    },
);
