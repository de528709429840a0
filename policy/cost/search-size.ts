import { document } from "../references";
import { isLarger } from "../resources/instance-size";
import { checksDomains } from "../resources/search-domain";
import { rule } from "../rule";
import { count, text } from "../setting";

export const searchSize = checksDomains(
    rule({
        name: "search-size",
        description:
            "Search domains have the node type, count and storage that the environment is budgeted for; they are the dearest store.",
        reference: document(
            "OpenSearch Service pricing",
            "https://aws.amazon.com/opensearch-service/pricing/",
        ),
        fix: "choose a smaller hysds:searchInstanceType, searchInstanceCount or searchVolumeGiB, or raise the rule's values.",
        severity: "medium",
        settings: {
            largestSize: text("Largest size of a data node.", "4xlarge"),
            maxNodes: count("Most data nodes of a domain.", 30),
            maxStorageGiB: count("Most storage of a domain, GiB.", 60_000),
        },
        values: { dev: { largestSize: "large", maxNodes: 3, maxStorageGiB: 1_000 } },
    }),
    ({ clusterConfig, ebsOptions }, { report, part, settings }) => {
        part(() => {
            const type = clusterConfig?.instanceType ?? "";
            if (isLarger(type, settings.largestSize)) {
                report(`instanceType ${type} is larger than ${settings.largestSize}`);
            }
        });
        part(() => {
            const nodes = clusterConfig?.instanceCount ?? 1;
            if (nodes > settings.maxNodes) {
                report(`the domain has ${nodes} data nodes, more than ${settings.maxNodes}`);
            }
        });
        part(() => {
            const storage = (clusterConfig?.instanceCount ?? 1) * (ebsOptions?.volumeSize ?? 0);
            if (storage > settings.maxStorageGiB) {
                report(`the domain has ${storage} GiB, more than ${settings.maxStorageGiB}`);
            }
        });
    },
);
