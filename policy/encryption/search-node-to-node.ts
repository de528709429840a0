import { fsbp } from "../references";
import { checksDomains } from "../resources/search-domain";
import { rule } from "../rule";

export const searchNodeToNode = checksDomains(
    rule({
        name: "search-encrypted-between-nodes",
        description:
            "Search domains encrypt the traffic between their nodes, which carries whole shards through the VPC.",
        reference: fsbp("Opensearch.3"),
        fix: "set nodeToNodeEncryption.enabled to true.",
        severity: "medium",
    }),
    (domain, { report }) => {
        if (domain.nodeToNodeEncryption?.enabled !== true) {
            report("nodeToNodeEncryption.enabled is not true");
        }
    },
);
