import { isGiven } from "../examination";
import { fsbp } from "../references";
import { checksDomains } from "../resources/search-domain";
import { rule } from "../rule";

export const searchInVpc = checksDomains(
    rule({
        name: "search-in-vpc",
        description:
            "Search domains live in a VPC: outside of one their endpoint is public, with nothing but a policy before the indices.",
        reference: fsbp("Opensearch.2"),
        fix: "give the domain vpcOptions with private subnets (a change replaces the domain).",
        severity: "critical",
    }),
    (domain, { report }) => {
        if (!isGiven(domain.vpcOptions ?? {}, "subnetIds")) {
            report("there are no vpcOptions with subnetIds");
        }
    },
);
