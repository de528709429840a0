import { regionsWith } from "../../../components/settings/limits/instance-offers";
import { text, texts } from "../resources/row";
import { Properties, UNKNOWN } from "../wire/values";
import { Rule, RuleContext } from "./rule";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";

function onCreate(name: string, problem: (inputs: Properties) => string | undefined): Rule {
    return {
        name,
        type: GROUP,
        at: "create",
        refusal: ({ inputs }: RuleContext): string | undefined => {
            const message = problem(inputs);
            return (
                message &&
                `operation error ElastiCache: CreateReplicationGroup, https response error StatusCode: 400, ${message}`
            );
        },
    };
}

function onCheck(name: string, problem: (inputs: Properties) => string | undefined): Rule {
    return { name, type: GROUP, at: "check", refusal: ({ inputs }) => problem(inputs) };
}

function authToken(inputs: Properties): string | undefined {
    const token = text(inputs, "authToken");
    return token === UNKNOWN || token === "" ? undefined : token;
}

/** Families a parameter group can be of, by engine: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html */
function familyOf(engine: string, version: string): string {
    const major = version.split(".")[0] ?? "";
    return engine === "valkey" ? `valkey${major}` : major === "6" ? "redis6.x" : `redis${major}`;
}

/** What holds of a replication group when it is made and when it is changed. */
function limitRules(at: "create" | "update"): readonly Rule[] {
    const operation = at === "create" ? "CreateReplicationGroup" : "ModifyReplicationGroup";
    const limit = (name: string, problem: (context: RuleContext) => string | undefined): Rule => ({
        name,
        type: GROUP,
        at,
        refusal: (context) => {
            const message = problem(context);
            return (
                message &&
                `operation error ElastiCache: ${operation}, https response error StatusCode: 400, ${message}`
            );
        },
    });
    return [
        // AWS's price lists, by cfn-lint: aws_elasticache_cachecluster/cachenodetype_enum.json
        limit("node type", ({ account, inputs }) =>
            regionsWith("elasticache", text(inputs, "nodeType")).includes(account.region)
                ? undefined
                : `InvalidParameterValue: The cache node type ${text(inputs, "nodeType")} is not valid.`,
        ),
        // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/data-tiering.html
        limit("data tiering of r6gd", ({ inputs }) =>
            text(inputs, "nodeType").startsWith("cache.r6gd.") && inputs.dataTieringEnabled !== true
                ? "InvalidParameterCombination: Data tiering must be enabled for node type " +
                  `${text(inputs, "nodeType")}`
                : undefined,
        ),
        // "This parameter is … required to be 7.0.5 or later": API_CreateReplicationGroup, TransitEncryptionMode.
        limit("transit encryption mode", ({ inputs }) =>
            inputs.transitEncryptionMode !== undefined &&
            /^[1-6]\./.test(text(inputs, "engineVersion"))
                ? "InvalidParameterCombination: Transit encryption mode is not supported for engine " +
                  `version ${text(inputs, "engineVersion")}`
                : undefined,
        ),
    ];
}

/** ElastiCache. */
export const elasticacheRules: readonly Rule[] = [
    onCheck("auth token length", (inputs) => {
        const token = authToken(inputs);
        return token !== undefined && (token.length < 16 || token.length > 128)
            ? '"authToken" must contain from 16 to 128 alphanumeric characters or symbols (excluding @, ", and /)'
            : undefined;
    }),
    onCheck("auth token characters", (inputs) => {
        const token = authToken(inputs);
        return token !== undefined && /[^\x21-\x7e]|[@"/]/.test(token)
            ? 'only alphanumeric characters or symbols (excluding @, ", and /) allowed in "authToken"'
            : undefined;
    }),
    onCheck("failover needs two nodes", (inputs) =>
        inputs.automaticFailoverEnabled === true &&
        inputs.numCacheClusters !== undefined &&
        Number(inputs.numCacheClusters) < 2
            ? '"numCacheClusters": must be at least 2 if automaticFailoverEnabled is true'
            : undefined,
    ),
    onCheck("zones need failover", (inputs) =>
        inputs.multiAzEnabled === true && inputs.automaticFailoverEnabled !== true
            ? "automaticFailoverEnabled must be true if multiAzEnabled is true"
            : undefined,
    ),
    onCheck("two ways to count nodes", (inputs) =>
        inputs.numCacheClusters !== undefined &&
        (inputs.numNodeGroups !== undefined || inputs.replicasPerNodeGroup !== undefined)
            ? '"numCacheClusters": conflicts with numNodeGroups and replicasPerNodeGroup'
            : undefined,
    ),
    onCheck("replication group id", (inputs) => {
        const id = text(inputs, "replicationGroupId");
        return id === UNKNOWN || /^[a-z](?!.*--)[a-z0-9-]{0,38}[a-z0-9]$/i.test(id)
            ? undefined
            : '"replicationGroupId" must be 1 to 40 letters, digits and single hyphens, begin with a letter and not end with a hyphen';
    }),
    onCreate("auth token needs encryption in transit", (inputs) =>
        authToken(inputs) !== undefined && inputs.transitEncryptionEnabled !== true
            ? "InvalidParameterCombination: The AUTH token is only supported when encryption-in-transit is enabled"
            : undefined,
    ),
    onCreate("automatic failover", (inputs) =>
        inputs.automaticFailoverEnabled === true && Number(inputs.numCacheClusters ?? 1) < 2
            ? "InvalidParameterCombination: When using automatic failover, there must be at least 2 cache clusters in the replication group."
            : undefined,
    ),
    ...(["create", "update"] as const).flatMap((at) => limitRules(at)),
    {
        name: "parameter group family",
        type: GROUP,
        at: "create",
        refusal: ({ account, inputs }: RuleContext): string | undefined => {
            const name = text(inputs, "parameterGroupName");
            const group = account.get("aws:elasticache/parameterGroup:ParameterGroup", name);
            const family = familyOf(
                text(inputs, "engine") || "redis",
                text(inputs, "engineVersion"),
            );
            return group && text(group.inputs, "family") !== family
                ? `operation error ElastiCache: CreateReplicationGroup, https response error StatusCode: 400, ` +
                      `InvalidParameterCombination: Expected a parameter group of family ${family} but found one of family ${text(group.inputs, "family")}`
                : undefined;
        },
    },
    {
        name: "subnets of a group of nodes in several zones",
        type: GROUP,
        at: "create",
        refusal: ({ account, inputs }: RuleContext): string | undefined => {
            const group = account.get(
                "aws:elasticache/subnetGroup:SubnetGroup",
                text(inputs, "subnetGroupName"),
            );
            return inputs.multiAzEnabled === true &&
                group &&
                texts(group.inputs, "subnetIds").length < 2
                ? "operation error ElastiCache: CreateReplicationGroup, https response error StatusCode: 400, " +
                      "InvalidParameterCombination: Cannot create a Multi-AZ replication group in a subnet group with a single zone"
                : undefined;
        },
    },
];
