import { fsbp } from "../references";
import { checksDomains } from "../resources/search-domain";
import { rule } from "../rule";
import { texts } from "../setting";

export const searchHttps = checksDomains(
    rule({
        name: "search-https",
        description:
            "Search domains answer HTTPS alone, with a current TLS policy: signed requests carry the query in plain text otherwise.",
        reference: fsbp("Opensearch.8"),
        fix: "set domainEndpointOptions.enforceHttps to true and tlsSecurityPolicy to Policy-Min-TLS-1-2-PFS-2023-10.",
        severity: "high",
        settings: {
            tlsPolicies: texts("TLS policies that are current.", [
                "Policy-Min-TLS-1-2-PFS-2023-10",
                "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08",
            ]),
        },
    }),
    (domain, { report, part, settings }) => {
        const options = domain.domainEndpointOptions;
        part(() => {
            if (options?.enforceHttps !== true) {
                report("domainEndpointOptions.enforceHttps is not true");
            }
        });
        part(() => {
            const policy = options?.tlsSecurityPolicy;
            if (policy === undefined || !settings.tlsPolicies.includes(policy)) {
                report(`tlsSecurityPolicy is ${policy ?? "not set"}`);
            }
        });
    },
);
