import * as aws from "@pulumi/aws";
import { document } from "../references";
import { eachAllowed, principals } from "../resources/policy-document";
import { checksDomains } from "../resources/search-domain";
import { ResourceCheck, rule } from "../rule";
import type { Settings } from "../setting";

export const searchPrincipals = checksDomains(
    rule({
        name: "search-principals-named",
        description:
            "The access policy of a search domain names the signing proxy's role: with the principal * every workload in the VPC reads and deletes indices.",
        reference: document(
            "OpenSearch Service access control",
            "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html",
        ),
        fix: "name the ARN of the role that signs requests as Principal.",
        severity: "critical",
    }),
    (domain, context) => checkPrincipals(() => domain.accessPolicies, context),
)
    .checks(aws.opensearch.DomainPolicy, (policy, context) =>
        checkPrincipals(() => policy.accessPolicies, context),
    )
    .checks(aws.elasticsearch.DomainPolicy, (policy, context) =>
        checkPrincipals(() => policy.accessPolicies, context),
    );

function checkPrincipals(read: () => unknown, context: ResourceCheck<Settings>): void {
    eachAllowed(read, context, (statement) => {
        if (principals(statement).some((principal) => principal.includes("*"))) {
            context.report("a statement of the access policy allows the principal *");
        }
    });
}
