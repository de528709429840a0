import * as aws from "@pulumi/aws";
import { fsbp } from "../references";
import { rule } from "../rule";

export const searchMaintenance = rule({
    name: "search-maintenance-window",
    description:
        "Search domains have an off-peak window for service software updates: AWS isolates a domain that skips a required one.",
    reference: fsbp("Opensearch.10"),
    fix: "set offPeakWindowOptions.enabled to true.",
    severity: "low",
}).checks(aws.opensearch.Domain, (domain, { report }) => {
    if (domain.offPeakWindowOptions?.enabled !== true) {
        report("offPeakWindowOptions.enabled is not true");
    }
});
