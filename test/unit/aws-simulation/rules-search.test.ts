import { describe, expect, it } from "vitest";
import { Properties } from "../../../workshop/aws-simulation/wire/values";
import { DOMAIN, ELASTICSEARCH, GOOD, policy, refusalsOf, Refusal } from "./support/refusals";

const nodes = (change: Properties): Properties => ({
    clusterConfig: { ...(GOOD[DOMAIN]?.clusterConfig as Properties), ...change },
});

describe("AWS refuses of search domains", () => {
    it.each<[type: string, ...Refusal]>([
        [
            DOMAIN,
            "a long name",
            { domainName: "a-name-of-more-than-28-letters" },
            "no more than 28 characters",
        ],
        [
            DOMAIN,
            "fewer subnets than zones",
            { vpcOptions: { subnetIds: ["subnet-a"] } },
            "You must specify exactly two subnets because you've set zone count to 2.",
        ],
        [
            DOMAIN,
            "more subnets than zones",
            nodes({ zoneAwarenessEnabled: false }),
            "You must specify exactly one subnet.",
        ],
        [
            DOMAIN,
            "two subnets in one zone",
            { vpcOptions: { subnetIds: ["subnet-a", "subnet-a2"] } },
            "different Availability Zone",
        ],
        [
            DOMAIN,
            "an odd number of nodes",
            nodes({ instanceCount: 3 }),
            "an even number of data nodes for a two Availability Zone deployment",
        ],
        [
            DOMAIN,
            "an engine that is not offered",
            { engineVersion: "OpenSearch_2.18" },
            "Invalid Engine version: OpenSearch_2.18",
        ],
        [
            DOMAIN,
            "a newer Elasticsearch",
            { engineVersion: "Elasticsearch_7.17" },
            "Invalid Engine version: Elasticsearch_7.17",
        ],
        [
            DOMAIN,
            "a type that there is nowhere",
            nodes({ instanceType: "m7g.3xlarge.search" }),
            "Value 'm7g.3xlarge.search' at 'clusterConfig.instanceType'",
        ],
        [
            DOMAIN,
            "a volume beside an instance store",
            nodes({ instanceType: "i4g.large.search" }),
            "EBS storage is not supported for instance type i4g.large.search",
        ],
        [
            DOMAIN,
            "an instance type of Elasticsearch",
            nodes({ instanceType: "m7g.large.elasticsearch" }),
            "Member must satisfy enum value set",
        ],
        [
            DOMAIN,
            "auto-tune on t3",
            {
                ...nodes({ instanceType: "t3.small.search" }),
                autoTuneOptions: { desiredState: "ENABLED" },
            },
            "Autotune is not supported in t2/t3 instance types.",
        ],
        [
            DOMAIN,
            "two dedicated masters",
            nodes({
                dedicatedMasterEnabled: true,
                dedicatedMasterCount: 2,
                dedicatedMasterType: "m7g.large.search",
            }),
            "at least three dedicated master nodes",
        ],
        [
            DOMAIN,
            "masters of no type",
            nodes({ dedicatedMasterEnabled: true }),
            "dedicated master type",
        ],
        [
            DOMAIN,
            "too large a volume",
            {
                ...nodes({ instanceType: "t3.small.search" }),
                ebsOptions: { ebsEnabled: true, volumeSize: 200, volumeType: "gp3" },
            },
            "Volume size must be between 10 and 100",
        ],
        [
            DOMAIN,
            "throughput on gp2",
            {
                ebsOptions: {
                    ebsEnabled: true,
                    volumeSize: 20,
                    volumeType: "gp2",
                    throughput: 250,
                },
            },
            "only supported for gp3",
        ],
        [
            DOMAIN,
            "access control without encryption",
            { advancedSecurityOptions: { enabled: true } },
            "node-to-node encryption, encryption at rest and HTTPS",
        ],
        [
            DOMAIN,
            "a policy that is no JSON",
            { accessPolicies: "{" },
            "MalformedPolicyDocument: Syntax errors in policy.",
        ],
        [
            DOMAIN,
            "an open policy on the internet",
            {
                vpcOptions: null,
                clusterConfig: { instanceType: "m7g.large.search" },
                accessPolicies: policy({ Principal: "*" }),
            },
            "restrictive access policy",
        ],
        [
            ELASTICSEARCH,
            "an engine that is not offered",
            { elasticsearchVersion: "7.17" },
            "Invalid Engine version: 7.17",
        ],
    ])("%s: %s", (type, _, change, wording) => {
        expect(refusalsOf(type, change)).toContainEqual(expect.stringContaining(wording));
    });
});
