import { AccountResource } from "../account";
import { list, text, texts } from "../resources/row";
import { isObject, Properties, Value } from "../wire/values";
import { Rule, RuleContext } from "./rule";

/** What AWS calls a missing thing, by where its id is given. */
const REFERENCES: readonly {
    readonly type: string;
    readonly properties: readonly string[];
    readonly refusal: (id: string) => string;
}[] = [
    {
        type: "aws:ec2/subnet:Subnet",
        properties: ["subnetId", "subnetIds"],
        refusal: (id) => `InvalidSubnetID.NotFound: The subnet ID '${id}' does not exist`,
    },
    {
        type: "aws:ec2/vpc:Vpc",
        properties: ["vpcId"],
        refusal: (id) => `InvalidVpcID.NotFound: The vpc ID '${id}' does not exist`,
    },
];

/** Ids that the inputs give under these names, at any depth. */
function idsUnder(value: Value | undefined, names: readonly string[]): string[] {
    if (Array.isArray(value)) {
        return value.flatMap((item) => idsUnder(item, names));
    }
    return isObject(value)
        ? Object.entries(value).flatMap(([key, item]) =>
              names.includes(key) ? [item].flat().map(String) : idsUnder(item, names),
          )
        : [];
}

/** AWS's refusal of an id that is of nothing in the account. */
export function missingReference({ account, inputs }: RuleContext): string | undefined {
    return REFERENCES.flatMap(({ type, properties, refusal }) =>
        idsUnder(inputs, properties)
            .filter((id) => !account.get(type, id))
            .map((id) => `operation error, https response error StatusCode: 400, ${refusal(id)}`),
    )[0];
}

/** Things AWS does not delete while something else refers to them. */
const IN_USE: Readonly<Record<string, (id: string) => string>> = {
    "aws:ec2/vpc:Vpc": (id) =>
        `DependencyViolation: The vpc '${id}' has dependencies and cannot be deleted.`,
    "aws:ec2/subnet:Subnet": (id) =>
        `DependencyViolation: The subnet '${id}' has dependencies and cannot be deleted.`,
    "aws:ec2/securityGroup:SecurityGroup": (id) =>
        `DependencyViolation: resource ${id} has a dependent object`,
    "aws:iam/role:Role": () =>
        "DeleteConflict: Cannot delete entity, must detach all policies first.",
    "aws:elasticache/subnetGroup:SubnetGroup": (id) =>
        `CacheSubnetGroupInUse: Cache subnet group ${id} is currently in use by a cache cluster.`,
    "aws:elasticache/parameterGroup:ParameterGroup": (id) =>
        `InvalidCacheParameterGroupState: One or more cache clusters are still members of this parameter group ${id}, so the group cannot be deleted.`,
    "aws:eks/cluster:Cluster": () => "ResourceInUseException: Cluster has nodegroups attached",
};

// The only types that keep these alive; everything else may go on naming them when they are gone.
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
    "aws:iam/role:Role": [
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:iam/instanceProfile:InstanceProfile",
    ],
    "aws:eks/cluster:Cluster": ["aws:eks/nodeGroup:NodeGroup"],
};

function mentions(value: Value | undefined, id: string): boolean {
    if (Array.isArray(value)) {
        return value.some((item) => mentions(item, id));
    }
    return isObject(value) ? Object.values(value).some((item) => mentions(item, id)) : value === id;
}

/** Whether `other` keeps `resource` from being deleted. */
function holds(resource: AccountResource, other: AccountResource): boolean {
    if (other === resource) {
        return false;
    }
    const only = HOLDERS[resource.type];
    if (only && !only.includes(other.type)) {
        return false;
    }
    const ownRule =
        other.type.includes("ecurityGroup") &&
        text(other.inputs, "securityGroupId") === resource.id;
    return !ownRule && mentions(other.inputs, resource.id);
}

/** AWS's refusal to delete something that is in use. */
export function inUse(
    resource: AccountResource,
    others: Iterable<AccountResource>,
): string | undefined {
    const message = IN_USE[resource.type];
    const holder = message && [...others].find((other) => holds(resource, other));
    return (
        holder &&
        `operation error, https response error StatusCode: 400, ${message(resource.id)} (${holder.type} ${holder.id})`
    );
}

/** A rule on the ports of a security group rule. */
function portProblem(inputs: Properties): string | undefined {
    const protocol = text(inputs, "ipProtocol") || text(inputs, "protocol");
    const [from, to] = [Number(inputs.fromPort), Number(inputs.toPort)];
    return protocol !== "-1" && (Number.isNaN(from) || from > to)
        ? "operation error EC2: AuthorizeSecurityGroup, https response error StatusCode: 400, InvalidParameterValue: " +
              `Invalid value for portRange. Must specify both from and to ports with ${protocol.toUpperCase()}.`
        : undefined;
}

/** EC2 networking. */
export const networkRules: readonly Rule[] = [
    ...[
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ].map((type): Rule => ({
        name: "ports",
        type,
        at: "create",
        refusal: ({ inputs }) => portProblem(inputs),
    })),
    {
        name: "security group name",
        type: "aws:ec2/securityGroup:SecurityGroup",
        at: "check",
        refusal: ({ inputs }) =>
            /^sg-/.test(text(inputs, "name")) ? '"name" cannot begin with sg-' : undefined,
    },
    {
        name: "subnets of an interface endpoint in one zone each",
        type: "aws:ec2/vpcEndpoint:VpcEndpoint",
        at: "create",
        refusal: ({ account, inputs }: RuleContext): string | undefined => {
            const zones = texts(inputs, "subnetIds").map(
                (id) => account.get("aws:ec2/subnet:Subnet", id)?.outputs.availabilityZone ?? id,
            );
            return new Set(zones).size < zones.length
                ? "operation error EC2: CreateVpcEndpoint, https response error StatusCode: 400, DuplicateSubnetsInSameZone: " +
                      "Found another VPC endpoint subnet in the availability zone."
                : undefined;
        },
    },
    {
        name: "route tables of a gateway endpoint only",
        type: "aws:ec2/vpcEndpoint:VpcEndpoint",
        at: "create",
        refusal: ({ inputs }) =>
            text(inputs, "vpcEndpointType") === "Interface" &&
            list(inputs, "routeTableIds").length > 0
                ? "operation error EC2: CreateVpcEndpoint, https response error StatusCode: 400, InvalidParameter: " +
                  "Route table IDs are only supported for Gateway type VPC endpoint."
                : undefined,
    },
];
