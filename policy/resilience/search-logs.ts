import { fsbp } from "../references";
import { checksDomains } from "../resources/search-domain";
import { rule } from "../rule";
import { texts } from "../setting";

export const searchLogs = checksDomains(
    rule({
        name: "search-logs",
        description:
            "Search domains publish their error log, which alone says why a domain is red.",
        reference: fsbp("Opensearch.4"),
        fix: "publish ES_APPLICATION_LOGS to a log group.",
        severity: "medium",
        settings: { logTypes: texts("Log types that must be published.", ["ES_APPLICATION_LOGS"]) },
    }),
    (domain, { report, settings }) => {
        const published = (domain.logPublishingOptions ?? [])
            .filter(({ enabled }) => enabled !== false)
            .map(({ logType }) => logType);
        const missing = settings.logTypes.filter((type) => !published.includes(type));
        if (missing.length > 0) {
            report(`logPublishingOptions lack ${missing.join(", ")}`);
        }
    },
);
