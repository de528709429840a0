import { hex, uuid } from "../account";
import { Properties, Value } from "../wire/values";
import { cacheReplacement, searchReplacement } from "./engine-versions";
import { block, ResourceRow, RowContext, Rows, text, texts } from "./row";

/** Members of a replication group: its cache clusters are `<id>-001` and so on. */
function memberClusters({ inputs }: RowContext): string[] {
    const count = Number(inputs.numCacheClusters ?? 1);
    return Array.from(
        { length: count },
        (_, index) => `${text(inputs, "replicationGroupId")}-${String(index + 1).padStart(3, "0")}`,
    );
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html */
function cacheEndpoint(context: RowContext, role: "master" | "replica"): string {
    const { account, inputs, seed } = context;
    const id = text(inputs, "replicationGroupId");
    const cell = `${hex(seed, 6)}.${regionCode(account.region)}.cache.${account.dnsSuffix}`;
    const plainRole = role === "master" ? "ng.0001" : "ro";
    return inputs.transitEncryptionEnabled === true
        ? `${role}.${id}.${cell}`
        : `${id}.${cell.replace(".", `.${plainRole}.`)}`;
}

/** `us-west-2` is `usw2`, `us-gov-west-1` is `usgw1` in ElastiCache's names. */
function regionCode(region: string): string {
    const [area = "", ...rest] = region.split("-");
    return area + rest.map((part) => (/\d/.test(part) ? part : part.charAt(0))).join("");
}

const replicationGroup: ResourceRow = {
    autoName: { property: "replicationGroupId", maxLength: 40 },
    unique: {
        by: ["replicationGroupId"],
        refusal: (inputs) =>
            `operation error ElastiCache: CreateReplicationGroup, api error ReplicationGroupAlreadyExists: ` +
            `Replication group ${text(inputs, "replicationGroupId")} already exists.`,
    },
    id: ({ inputs }) => text(inputs, "replicationGroupId").toLowerCase(),
    outputs: (context) => ({
        arn: context.account.arn("elasticache", `replicationgroup:${context.id}`),
        primaryEndpointAddress: cacheEndpoint(context, "master"),
        readerEndpointAddress: cacheEndpoint(context, "replica"),
        configurationEndpointAddress: "",
        port: context.inputs.port ?? 6379,
        memberClusters: memberClusters(context),
        numCacheClusters: memberClusters(context).length,
        clusterEnabled: false,
        engine: text(context.inputs, "engine") || "redis",
        engineVersionActual: engineVersionActual(text(context.inputs, "engineVersion")),
        autoMinorVersionUpgrade: context.inputs.autoMinorVersionUpgrade ?? true,
        maintenanceWindow: text(context.inputs, "maintenanceWindow") || "sun:05:00-sun:06:00",
        snapshotWindow: text(context.inputs, "snapshotWindow") || "08:00-09:00",
    }),
    secretPaths: ["authToken"],
    // ForceNew in terraform-provider-aws, internal/service/elasticache/replication_group.go.
    replacesWhen: cacheReplacement,
    replaceOn: [
        "replicationGroupId",
        "atRestEncryptionEnabled",
        "dataTieringEnabled",
        "globalReplicationGroupId",
        "kmsKeyId",
        "networkType",
        "port",
        "securityGroupNames",
        "snapshotArns",
        "snapshotName",
        "subnetGroupName",
    ],
};

function engineVersionActual(version: string): string {
    return version.split(".").length < 3 ? `${version || "7.1"}.0` : version;
}

/** Nodes of a broker: one, or three in a cluster; a cluster has one endpoint all the same. */
function brokerInstances({ account, inputs, id }: RowContext & { id: string }): Value {
    // The host of a broker's only or cluster-wide endpoint: https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-basic-elements-broker.html
    const host = `${id}.mq.${account.region}.${account.dnsSuffix}`;
    const rabbitmq = text(inputs, "engineType").toLowerCase() === "rabbitmq";
    return [
        {
            consoleUrl: rabbitmq ? `https://${host}` : `https://${host}:8162`,
            endpoints: rabbitmq ? [`amqps://${host}:5671`] : [`ssl://${host}:61617`],
            ipAddress: "",
        },
    ];
}

const broker: ResourceRow = {
    autoName: { property: "brokerName", maxLength: 50 },
    unique: {
        by: ["brokerName"],
        refusal: (inputs) =>
            `operation error mq: CreateBroker, https response error StatusCode: 409, ConflictException: Broker name ` +
            `[${text(inputs, "brokerName")}] is already in use. Choose a different broker name.`,
    },
    id: ({ seed }) => `b-${uuid(seed)}`,
    outputs: (context) => ({
        arn: context.account.arn(
            "mq",
            `broker:${text(context.inputs, "brokerName")}:${context.id}`,
        ),
        instances: brokerInstances(context),
        authenticationStrategy: text(context.inputs, "authenticationStrategy") || "simple",
        deploymentMode: text(context.inputs, "deploymentMode") || "SINGLE_INSTANCE",
        storageType: "ebs",
        dataReplicationMode: "NONE",
        pendingDataReplicationMode: "NONE",
        maintenanceWindowStartTime: context.inputs.maintenanceWindowStartTime ?? {
            dayOfWeek: "SUNDAY",
            timeOfDay: "05:00",
            timeZone: "UTC",
        },
    }),
    secretPaths: ["users.*.password", "ldapServerMetadata.serviceAccountPassword"],
    // ForceNew in terraform-provider-aws, internal/service/mq/broker.go. Security groups are not: the provider tries
    // an update, which RabbitMQ brokers refuse (see the rules).
    replaceOn: [
        "brokerName",
        "dataReplicationPrimaryBrokerArn",
        "deploymentMode",
        "encryptionOptions",
        "engineType",
        "ldapServerMetadata",
        "publiclyAccessible",
        "subnetIds",
    ],
    // The provider can't read or change the users of a RabbitMQ broker, so it suppresses their difference: `user` in
    // terraform-provider-aws, internal/service/mq/broker.go.
    ignoresChangeOf: (inputs) =>
        text(inputs, "engineType").toLowerCase() === "rabbitmq" ? ["users"] : [],
};

/** Endpoint of a domain inside a VPC: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html */
function domainEndpoint({ account, inputs, seed }: RowContext): string {
    const prefix = inputs.vpcOptions === undefined ? "search" : "vpc";
    return `${prefix}-${text(inputs, "domainName")}-${hex(seed, 26)}.${account.region}.es.${account.dnsSuffix}`;
}

function domain(service: "opensearch" | "elasticsearch"): ResourceRow {
    const title = service === "opensearch" ? "OpenSearch" : "Elasticsearch";
    return {
        autoName: { property: "domainName", maxLength: 28 },
        unique: {
            by: ["domainName"],
            refusal: (inputs) => `${title} Domain "${text(inputs, "domainName")}" already exists`,
        },
        id: ({ account, inputs }) => account.arn("es", `domain/${text(inputs, "domainName")}`),
        outputs: (context) => domainOutputs(context, service),
        secretPaths: ["advancedSecurityOptions.masterUserOptions.masterUserPassword"],
        // ForceNew in terraform-provider-aws, internal/service/opensearch/domain.go. `vpc_options` forces a new domain
        // as a block only: its subnets and security groups change in place.
        replacesWhen: searchReplacement,
        replaceOn: [
            "domainName",
            { path: "vpcOptions", presence: true },
            "encryptAtRest.enabled",
            "encryptAtRest.kmsKeyId",
            "nodeToNodeEncryption.enabled",
        ],
    };
}

function domainOutputs(
    context: RowContext & { id: string },
    service: "opensearch" | "elasticsearch",
): Properties {
    const { account, inputs, seed } = context;
    const endpoint = domainEndpoint(context);
    const vpc = block(inputs, "vpcOptions");
    const subnet = account.get("aws:ec2/subnet:Subnet", texts(vpc, "subnetIds")[0] ?? "");
    return {
        arn: context.id,
        domainId: `${account.accountId}/${text(inputs, "domainName")}`,
        endpoint,
        ...(service === "opensearch"
            ? {
                  dashboardEndpoint: `${endpoint}/_dashboards`,
                  engineVersion: text(inputs, "engineVersion") || "OpenSearch_1.1",
                  ipAddressType: "ipv4",
              }
            : {
                  kibanaEndpoint: `${endpoint}/_plugin/kibana/`,
                  elasticsearchVersion: text(inputs, "elasticsearchVersion") || "1.5",
              }),
        ...(inputs.vpcOptions === undefined
            ? {}
            : { vpcOptions: { ...vpc, vpcId: subnet?.inputs.vpcId ?? `vpc-0${hex(seed, 16)}` } }),
    };
}

/** A named ElastiCache object, whose name is its id. */
function cacheObject(property: string, kind: string, replaceOn: readonly string[]): ResourceRow {
    return {
        autoName: { property },
        unique: {
            by: [property],
            refusal: (inputs) =>
                `operation error ElastiCache: Create, api error ${kind}AlreadyExists: ${text(inputs, property)} already exists.`,
        },
        id: ({ inputs }) => text(inputs, property).toLowerCase(),
        outputs: ({ account, id }) => ({
            arn: account.arn("elasticache", `${kind.toLowerCase().replace("cache", "")}:${id}`),
        }),
        replaceOn: [property, ...replaceOn],
    };
}

/** Amazon MQ, ElastiCache and the search domains. */
export const storeRows: Rows = {
    "aws:mq/broker:Broker": broker,
    "aws:mq/configuration:Configuration": {
        autoName: { property: "name", maxLength: 150 },
        id: ({ seed }) => `c-${uuid(seed)}`,
        outputs: ({ account, id, inputs, revision }) => ({
            arn: account.arn("mq", `configuration:${id}`),
            latestRevision: revision,
            authenticationStrategy: text(inputs, "authenticationStrategy") || "simple",
        }),
        revised: ["latestRevision"],
        // ForceNew in terraform-provider-aws, internal/service/mq/configuration.go; the broker takes the new one in place.
        replaceOn: ["name", "engineType", "engineVersion", "authenticationStrategy"],
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": replicationGroup,
    "aws:elasticache/subnetGroup:SubnetGroup": {
        ...cacheObject("name", "CacheSubnetGroup", []),
        outputs: ({ account, id, inputs }) => ({
            arn: account.arn("elasticache", `subnetgroup:${id}`),
            vpcId:
                account.get("aws:ec2/subnet:Subnet", texts(inputs, "subnetIds")[0] ?? "")?.inputs
                    .vpcId ?? "",
        }),
    },
    "aws:elasticache/parameterGroup:ParameterGroup": cacheObject("name", "CacheParameterGroup", [
        "family",
        "description",
    ]),
    "aws:elasticache/user:User": {
        ...cacheObject("userId", "User", ["userName"]),
        secretPaths: ["passwords", "authenticationMode.passwords"],
    },
    "aws:elasticache/userGroup:UserGroup": cacheObject("userGroupId", "UserGroup", []),
    "aws:opensearch/domain:Domain": domain("opensearch"),
    "aws:elasticsearch/domain:Domain": domain("elasticsearch"),
    "aws:opensearch/domainPolicy:DomainPolicy": domainPolicy("opensearch"),
    "aws:elasticsearch/domainPolicy:DomainPolicy": domainPolicy("elasticsearch"),
};

function domainPolicy(service: "opensearch" | "elasticsearch"): ResourceRow {
    return {
        autoName: false,
        id: ({ inputs }) => `esd-policy-${text(inputs, "domainName")}`,
        replaceOn: ["domainName"],
        partOf: {
            type: `aws:${service}/domain:Domain`,
            name: "domainName",
            namedBy: "domainName",
        },
    };
}
