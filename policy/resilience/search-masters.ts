import { fsbp } from "../references";
import { checksDomains } from "../resources/search-domain";
import { rule } from "../rule";
import { count } from "../setting";

export const searchMasters = checksDomains(
    rule({
        name: "search-dedicated-masters",
        description:
            "Search domains have three dedicated master nodes: heavy searches of the dashboards otherwise starve the election, and the cluster with it.",
        reference: fsbp("Opensearch.11"),
        fix: "pulumi config set hysds:searchDedicatedMasterCount 3.",
        severity: "medium",
        settings: { minMasters: count("Minimum number of dedicated master nodes.", 3) },
        enforcement: { dev: "disabled" },
    }),
    ({ clusterConfig }, { report, settings: { minMasters } }) => {
        const masters =
            clusterConfig?.dedicatedMasterEnabled === true
                ? (clusterConfig.dedicatedMasterCount ?? 0)
                : 0;
        if (masters < minMasters) {
            report(`the domain has ${masters} dedicated masters, less than ${minMasters}`);
        }
    },
);
