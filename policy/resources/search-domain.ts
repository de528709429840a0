import * as aws from "@pulumi/aws";
import type { Inputs, ResourceCheck, Rule } from "../rule";
import type { Settings } from "../setting";

/** What a rule reads of an OpenSearch Service domain, whichever of the two resource types it is made by. */
export type DomainInputs = Pick<
    Inputs<aws.opensearch.DomainArgs>,
    | "encryptAtRest"
    | "nodeToNodeEncryption"
    | "domainEndpointOptions"
    | "vpcOptions"
    | "accessPolicies"
    | "clusterConfig"
    | "ebsOptions"
    | "logPublishingOptions"
>;

/** Adds the check to both resource types of search domains. */
export function checksDomains<S extends Settings>(
    rule: Rule<S>,
    check: (domain: DomainInputs, context: ResourceCheck<S>) => void,
): Rule<S> {
    return rule
        .checks(aws.opensearch.Domain, check)
        .checks(aws.elasticsearch.Domain, (domain, context) =>
            check(domain as DomainInputs, context),
        );
}
