import { fsbp } from "../references";
import { checksDomains } from "../resources/search-domain";
import { rule } from "../rule";

export const searchAtRest = checksDomains(
    rule({
        name: "search-encrypted-at-rest",
        description:
            "Search domains encrypt indices, logs and automatic snapshots at rest, since they hold job payloads and dataset metadata.",
        reference: fsbp("Opensearch.1"),
        fix: "set encryptAtRest.enabled to true.",
        severity: "high",
    }),
    (domain, { report }) => {
        if (domain.encryptAtRest?.enabled !== true) {
            report("encryptAtRest.enabled is not true");
        }
    },
);
