import { regionsWith } from "../../../components/settings/limits/instance-offers";
import { block, text, texts } from "../resources/row";
import { isObject, Properties } from "../wire/values";
import { Rule, RuleContext } from "./rule";

// https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html#choosing-version
const OPENSEARCH_VERSIONS = [
    ..."1.0 1.1 1.2 1.3 2.3 2.5 2.7 2.9 2.11 2.13 2.15 2.17 2.19 3.1 3.3 3.5".split(" "),
].map((version) => `OpenSearch_${version}`);
const ELASTICSEARCH_VERSIONS = "7.10 7.9 7.8 7.7 7.4 7.1 6.8".split(" ");

/** A domain, whichever of the two resource types declares it. */
interface DomainFacts {
    readonly nodes: Properties;
    readonly vpc: Properties | undefined;
    readonly volumes: Properties;
    readonly version: string;
    readonly versionExists: boolean;
    /** What instance types end in. */
    readonly suffix: "search" | "elasticsearch";
}

const TYPES = ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"] as const;

function factsOf(type: string, inputs: Properties): DomainFacts {
    const opensearch = type === TYPES[0];
    const version = opensearch
        ? text(inputs, "engineVersion") || "OpenSearch_1.1"
        : text(inputs, "elasticsearchVersion") || "1.5";
    return {
        nodes: block(inputs, "clusterConfig"),
        vpc: isObject(inputs.vpcOptions) ? inputs.vpcOptions : undefined,
        volumes: block(inputs, "ebsOptions"),
        version,
        versionExists: opensearch
            ? OPENSEARCH_VERSIONS.includes(version) ||
              ELASTICSEARCH_VERSIONS.some((known) => version === `Elasticsearch_${known}`)
            : ELASTICSEARCH_VERSIONS.includes(version),
        suffix: opensearch ? "search" : "elasticsearch",
    };
}

/** The same rule for both resource types, when AWS creates and when it updates the domain. */
function domainRule(
    name: string,
    problem: (facts: DomainFacts, context: RuleContext) => string | undefined,
): Rule[] {
    return TYPES.flatMap((type) =>
        (["create", "update"] as const).map((at) => ({
            name,
            type,
            at,
            refusal: (context: RuleContext) => {
                const message = problem(factsOf(type, context.inputs), context);
                const operation = at === "create" ? "CreateDomain" : "UpdateDomainConfig";
                return (
                    message &&
                    `operation error OpenSearch: ${operation}, https response error StatusCode: 400, ValidationException: ${message}`
                );
            },
        })),
    );
}

function zonesOf({ nodes }: DomainFacts): number {
    const zones = Number(block(nodes, "zoneAwarenessConfig").availabilityZoneCount ?? 2);
    return nodes.zoneAwarenessEnabled === true ? zones : 1;
}

function isBurstable(type: string): boolean {
    return /^t[23]\./.test(type);
}

function hasServiceLinkedRole({ account }: RuleContext): boolean {
    const services = ["es.amazonaws.com", "opensearchservice.amazonaws.com"];
    return (
        account.serviceLinkedRoles.some((service) => services.includes(service)) ||
        account
            .ofType("aws:iam/serviceLinkedRole:ServiceLinkedRole")
            .some((role) => services.includes(text(role.inputs, "awsServiceName")))
    );
}

const WORDS = ["zero", "one", "two", "three"];

/** Managed search domains: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ */
export const searchRules: readonly Rule[] = [
    ...TYPES.map((type): Rule => ({
        name: "domain name",
        type,
        at: "check",
        refusal: ({ inputs }) =>
            /^[a-z][0-9a-z-]{2,27}$/.test(text(inputs, "domainName")) ||
            inputs.domainName === undefined
                ? undefined
                : '"domainName" must start with a lowercase alphabet and be at least 3 and no more than 28 characters ' +
                  "long. Valid characters are a-z (lowercase letters), 0-9, and - (hyphen).",
    })),
    ...domainRule("service-linked role", ({ vpc }, context) =>
        vpc && !hasServiceLinkedRole(context)
            ? "Before you can proceed, you must enable a service-linked role to give Amazon OpenSearch Service permissions to access your VPC."
            : undefined,
    ),
    ...domainRule("subnets and zones", (facts) => {
        const zones = zonesOf(facts);
        return facts.vpc && texts(facts.vpc, "subnetIds").length !== zones
            ? `You must specify exactly ${WORDS[zones] ?? zones} subnet${zones === 1 ? "" : "s"}${zones === 1 ? "." : ` because you've set zone count to ${zones}.`}`
            : undefined;
    }),
    ...domainRule("one subnet a zone", ({ vpc }, { account }) => {
        const zones = texts(vpc ?? {}, "subnetIds").map(
            (id) => account.get("aws:ec2/subnet:Subnet", id)?.outputs.availabilityZone ?? id,
        );
        return new Set(zones).size < zones.length
            ? "Each subnet must be in a different Availability Zone."
            : undefined;
    }),
    ...domainRule("data nodes and zones", (facts) => {
        const count = Number(facts.nodes.instanceCount ?? 1);
        const zones = zonesOf(facts);
        return count < zones || (zones === 2 && count % 2 !== 0)
            ? `You must choose ${zones === 2 ? "an even number of data nodes" : "at least three data nodes"} for a ${WORDS[zones]} Availability Zone deployment`
            : undefined;
    }),
    ...domainRule("engine version", ({ version, versionExists }) =>
        versionExists ? undefined : `Invalid Engine version: ${version}`,
    ),
    // AWS's price lists, by cfn-lint: aws_opensearchservice_domain/clusterconfig_instancetype_enum.json
    ...domainRule("instance type name", ({ nodes, suffix }, { account }) => {
        const type = text(nodes, "instanceType") || `m4.large.${suffix}`;
        const listed = type.replace(/\.elasticsearch$/, ".search");
        return type.endsWith(`.${suffix}`) && regionsWith("search", listed).includes(account.region)
            ? undefined
            : `1 validation error detected: Value '${type}' at 'clusterConfig.instanceType' failed to satisfy constraint: Member must satisfy enum value set`;
    }),
    // Their column of EBS sizes says "N/A". https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html#ebsresource
    ...domainRule("volumes of nodes with an instance store", ({ nodes, volumes }) => {
        const type = text(nodes, "instanceType");
        return volumes.ebsEnabled === true && /^((i|im|oi)\d|[a-z]+\d[a-z]*d[a-z]*\.)/.test(type)
            ? `EBS storage is not supported for instance type ${type}`
            : undefined;
    }),
    ...domainRule("auto-tune on burstable nodes", ({ nodes }, { inputs }) =>
        text(block(inputs, "autoTuneOptions"), "desiredState") === "ENABLED" &&
        isBurstable(text(nodes, "instanceType"))
            ? "Autotune is not supported in t2/t3 instance types. Disable autotune or change your instance type."
            : undefined,
    ),
    ...domainRule("dedicated masters", ({ nodes }) =>
        nodes.dedicatedMasterEnabled === true && Number(nodes.dedicatedMasterCount ?? 3) < 3
            ? "You must choose at least three dedicated master nodes"
            : undefined,
    ),
    ...domainRule("dedicated master type", ({ nodes }) =>
        nodes.dedicatedMasterEnabled === true && text(nodes, "dedicatedMasterType") === ""
            ? "You must specify a dedicated master type when dedicated master is enabled"
            : undefined,
    ),
    // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html#ebsresource
    ...domainRule("volume size", ({ nodes, volumes }) => {
        const limit = /^t[23]\.small/.test(text(nodes, "instanceType")) ? 100 : 1536;
        const size = Number(volumes.volumeSize ?? 10);
        return volumes.ebsEnabled === true && (size < 10 || (limit === 100 && size > limit))
            ? `Volume size must be between 10 and ${limit} for ${text(nodes, "instanceType")} instance type and ${text(volumes, "volumeType") || "gp2"} volume type`
            : undefined;
    }),
    ...domainRule("throughput needs gp3", ({ volumes }) =>
        volumes.throughput !== undefined && text(volumes, "volumeType") !== "gp3"
            ? "Throughput is only supported for gp3 volumes"
            : undefined,
    ),
    ...domainRule("fine-grained access control", (_, { inputs }) => {
        const secured = block(inputs, "advancedSecurityOptions").enabled === true;
        const encrypted =
            block(inputs, "encryptAtRest").enabled === true &&
            block(inputs, "nodeToNodeEncryption").enabled === true &&
            block(inputs, "domainEndpointOptions").enforceHttps === true;
        return secured && !encrypted
            ? "You must enable node-to-node encryption, encryption at rest and HTTPS to use advanced security options."
            : undefined;
    }),
];
