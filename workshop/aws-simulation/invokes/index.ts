import { vcpusOfSize } from "../../../components/settings/limits/instances";
import { AccountResource, hex, SimulatedAccount } from "../account";
import { addonVersions } from "../resources/eks";
import { block, list, text, texts } from "../resources/row";
import { ProviderError } from "../wire/errors";
import { isObject, Properties } from "../wire/values";
import { policyDocument } from "./policy-document";
import { quotaAnswers } from "./quotas";

/** One function of the package: its result for arguments that fit the published type. */
type Answer = (args: Properties, account: SimulatedAccount) => Properties;

/** Finds one thing in the account as the provider's data sources do, or fails in their words. */
function the(kind: string, found: readonly AccountResource[]): AccountResource {
    const [one, ...others] = found;
    if (!one || others.length > 0) {
        throw new ProviderError(
            one
                ? `multiple ${kind}s matched; use additional constraints`
                : `no matching ${kind} found`,
        );
    }
    return one;
}

/** Whether a thing has the tags and the filter values that the arguments ask for. */
function matches(resource: AccountResource, args: Properties): boolean {
    const tags = block(resource.outputs, "tagsAll");
    const wanted = Object.entries(block(args, "tags"));
    const filters = list(args, "filters").filter(isObject);
    return (
        wanted.every(([key, value]) => tags[key] === value) &&
        filters.every((filter) => {
            const name = text(filter, "name");
            const actual = name.startsWith("tag:")
                ? text(tags, name.slice(4))
                : text(resource.outputs, camel(name));
            return texts(filter, "values").includes(actual);
        })
    );
}

/** `vpc-id` is `vpcId`. */
function camel(name: string): string {
    return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A thing of the account, by its id or else by tags and filters. */
function lookUp(type: string, kind: string): Answer {
    return (args, account) => {
        const id = text(args, "id");
        const candidates = account.ofType(type).filter((resource) => matches(resource, args));
        const resource = the(kind, id ? candidates.filter((one) => one.id === id) : candidates);
        return { ...resource.outputs, id: resource.id, tags: block(resource.outputs, "tagsAll") };
    };
}

/** Ids of all things of a type with the tags and filter values that the arguments ask for. */
function idsOf(type: string, args: Properties, account: SimulatedAccount): string[] {
    return account
        .ofType(type)
        .filter((one) => matches(one, args))
        .map(({ id }) => id);
}

/** A thing of the account, by its name. */
function byName(type: string, kind: string, property = "name"): Answer {
    return (args, account) => {
        const name = text(args, property);
        const found = account.ofType(type).filter((one) => text(one.outputs, property) === name);
        const resource = the(kind, found);
        return { ...resource.outputs, id: resource.id };
    };
}

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** What belongs to an EKS cluster; without the cluster AWS answers nothing, and the function fails. */
function ofCluster(
    type: string,
    clusterName: string,
    account: SimulatedAccount,
): readonly AccountResource[] {
    if (!account.get(CLUSTER, clusterName)) {
        throw new ProviderError(
            "operation error EKS, https response error StatusCode: 404, ResourceNotFoundException: " +
                `No cluster found for name: ${clusterName}.`,
        );
    }
    return account.ofType(type).filter(({ inputs }) => text(inputs, "clusterName") === clusterName);
}

const answers: Readonly<Record<string, Answer>> = {
    "aws:index/getCallerIdentity:getCallerIdentity": (_, account) => ({
        accountId: account.accountId,
        arn: account.arn("iam", "user/simulated", "global"),
        id: account.accountId,
        userId: "AIDASIMULATEDUSER0000",
    }),
    "aws:index/getPartition:getPartition": (_, account) => ({
        id: account.partition,
        partition: account.partition,
        dnsSuffix: account.dnsSuffix,
        reverseDnsPrefix: account.dnsSuffix.split(".").reverse().join("."),
    }),
    "aws:index/getRegion:getRegion": (args, account) => {
        const region = text(args, "region") || text(args, "name") || account.region;
        const endpoint = `ec2.${region}.${account.dnsSuffix}`;
        return { id: region, name: region, region, description: region, endpoint };
    },
    "aws:index/getAvailabilityZones:getAvailabilityZones": (
        args,
        { region, availabilityZones, zoneIds: ids },
    ) => {
        const excluded = texts(args, "excludeNames");
        const names = availabilityZones.filter((name) => !excluded.includes(name));
        const zoneIds = names.map((name) => ids[availabilityZones.indexOf(name)] ?? "");
        return { id: region, region, names, zoneIds, groupNames: [region] };
    },
    "aws:index/getServicePrincipal:getServicePrincipal": (args, { region, dnsSuffix }) => {
        const service = text(args, "serviceName");
        const name = `${service}.${dnsSuffix}`;
        return {
            id: `${service}.${region}`,
            name,
            serviceName: service,
            region,
            suffix: dnsSuffix,
        };
    },
    "aws:index/getDefaultTags:getDefaultTags": (_, { partition }) => ({ id: partition, tags: {} }),
    "aws:iam/getPolicyDocument:getPolicyDocument": (args) => {
        const { json, minifiedJson } = policyDocument(args);
        return { id: hex(minifiedJson, 10), json, minifiedJson };
    },
    "aws:iam/getRole:getRole": byName("aws:iam/role:Role", "IAM Role"),
    "aws:iam/getPolicy:getPolicy": (args, account) => ({
        id: text(args, "arn"),
        arn: text(args, "arn") || account.arn("iam", `policy/${text(args, "name")}`, "global"),
        name: text(args, "name") || (text(args, "arn").split("/").pop() ?? ""),
    }),
    "aws:iam/getSessionContext:getSessionContext": (args, account) => ({
        id: text(args, "arn"),
        issuerArn: text(args, "arn"),
        issuerId: account.accountId,
        issuerName: text(args, "arn").split("/").pop() ?? "",
        sessionName: "",
    }),
    "aws:ec2/getVpc:getVpc": lookUp(VPC, "EC2 VPC"),
    "aws:ec2/getSubnet:getSubnet": lookUp(SUBNET, "EC2 Subnet"),
    "aws:ec2/getSubnets:getSubnets": (args, account) => ({
        id: account.region,
        ids: idsOf(SUBNET, args, account),
    }),
    // An empty list, and no error, where there is none, as of the next one: their data sources only list.
    "aws:ec2/getVpcs:getVpcs": (args, account) => ({
        id: account.region,
        ids: idsOf(VPC, args, account),
    }),
    "aws:ec2/getEips:getEips": (args, account) => ({
        id: account.region,
        allocationIds: idsOf("aws:ec2/eip:Eip", args, account),
    }),
    "aws:ec2/getSecurityGroup:getSecurityGroup": lookUp(
        "aws:ec2/securityGroup:SecurityGroup",
        "EC2 Security Group",
    ),
    "aws:ec2/getRouteTables:getRouteTables": (args, account) => ({
        id: account.region,
        ids: account
            .ofType("aws:ec2/routeTable:RouteTable")
            .filter(
                (one) => text(one.inputs, "vpcId") === text(args, "vpcId") && matches(one, args),
            )
            .map(({ id }) => id),
    }),
    // Of every type the instance store of 8 virtual CPUs of the m6id family.
    "aws:ec2/getInstanceType:getInstanceType": (args) => ({
        id: text(args, "instanceType"),
        instanceType: text(args, "instanceType"),
        totalInstanceStorage: 474,
        defaultVcpus: vcpusOfSize(text(args, "instanceType")) ?? 96,
    }),
    ...quotaAnswers,
    "aws:ec2/getAmi:getAmi": (args, account) => ({
        id: `ami-0${hex(JSON.stringify(args), 16)}`,
        imageId: `ami-0${hex(JSON.stringify(args), 16)}`,
        ownerId: account.accountId,
        architecture: "x86_64",
        rootDeviceName: "/dev/xvda",
    }),
    "aws:ssm/getParameter:getParameter": (args, account) => {
        const name = text(args, "name");
        const own = account.get("aws:ssm/parameter:Parameter", name);
        if (!own && !name.startsWith("/aws/service/")) {
            throw new ProviderError(`reading SSM Parameter (${name}): couldn't find resource`);
        }
        const value = own ? text(own.inputs, "value") : publicParameter(name);
        return {
            id: name,
            name,
            value,
            insecureValue: value,
            type: "String",
            arn: account.arn("ssm", `parameter${name}`),
            version: 1,
        };
    },
    // An empty list, and no error, where there is none: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
    "aws:ssm/getParametersByPath:getParametersByPath": (args, account) => {
        const path = text(args, "path").replace(/\/$/, "");
        const found = account
            .ofType("aws:ssm/parameter:Parameter")
            .filter(({ id }) => id.slice(0, id.lastIndexOf("/")) === path);
        return {
            id: path,
            names: found.map(({ id }) => id),
            arns: found.map(({ outputs }) => text(outputs, "arn")),
            types: found.map(({ inputs }) => text(inputs, "type")),
            values: found.map(
                ({ inputs }) => text(inputs, "value") || text(inputs, "insecureValue"),
            ),
        };
    },
    "aws:eks/getCluster:getCluster": byName(CLUSTER, "EKS Cluster"),
    "aws:cloudwatch/getLogGroups:getLogGroups": (args, account) => {
        const groups = account
            .ofType("aws:cloudwatch/logGroup:LogGroup")
            .filter(({ id }) => id.startsWith(text(args, "logGroupNamePrefix")));
        return {
            id: account.region,
            arns: groups.map(({ outputs }) => text(outputs, "arn")),
            logGroupNames: groups.map(({ id }) => id),
        };
    },
    "aws:eks/getClusters:getClusters": (_, account) => ({
        id: account.region,
        names: account.ofType(CLUSTER).map(({ outputs }) => text(outputs, "name")),
    }),
    "aws:eks/getNodeGroups:getNodeGroups": (args, account) => {
        const clusterName = text(args, "clusterName");
        const groups = ofCluster(NODE_GROUP, clusterName, account);
        return {
            id: clusterName,
            names: groups.map(({ inputs }) => text(inputs, "nodeGroupName")),
        };
    },
    "aws:eks/getNodeGroup:getNodeGroup": (args, account) => {
        const name = text(args, "nodeGroupName");
        const { id, outputs } = the(
            "EKS Node Group",
            ofCluster(NODE_GROUP, text(args, "clusterName"), account).filter(
                ({ inputs }) => text(inputs, "nodeGroupName") === name,
            ),
        );
        return { ...outputs, id, scalingConfigs: [block(outputs, "scalingConfig")] };
    },
    "aws:eks/getClusterAuth:getClusterAuth": (args) => ({
        id: text(args, "name"),
        name: text(args, "name"),
        token: `k8s-aws-v1.${hex(text(args, "name"), 32)}`,
    }),
    "aws:eks/getAddonVersion:getAddonVersion": (args) => {
        const { recommended, newest } = addonVersions(
            text(args, "addonName"),
            text(args, "kubernetesVersion"),
        );
        const version = args.mostRecent === true ? newest : recommended;
        return { id: text(args, "addonName"), version };
    },
    "aws:eks/getAddon:getAddon": (args, account) => {
        const names = ["clusterName", "addonName"].map((key) => text(args, key));
        const found = account.get("aws:eks/addon:Addon", names.join(":"));
        if (!found) {
            throw new ProviderError(
                `reading EKS Add-On (${names.join(":")}): couldn't find resource`,
            );
        }
        return { ...found.outputs, id: found.id, tags: block(found.outputs, "tagsAll") };
    },
    "aws:kms/getKey:getKey": (args, account) => ({
        id: text(args, "keyId"),
        keyId: text(args, "keyId"),
        arn: account.arn("kms", `key/${text(args, "keyId")}`),
    }),
    "aws:kms/getAlias:getAlias": byName("aws:kms/alias:Alias", "KMS Alias"),
    "aws:route53/getZone:getZone": byName("aws:route53/zone:Zone", "Route 53 Hosted Zone"),
    "aws:acm/getCertificate:getCertificate": byName(
        "aws:acm/certificate:Certificate",
        "ACM Certificate",
        "domain",
    ),
    "aws:s3/getBucket:getBucket": byName("aws:s3/bucket:Bucket", "S3 Bucket", "bucket"),
};

/** AWS's public parameters name machine images: https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html */
function publicParameter(name: string): string {
    const version = /^\/aws\/service\/eks\/optimized-ami\/([\d.]+)\/.*\/release_version$/.exec(
        name,
    )?.[1];
    return version ? `${version}.2-20261101` : `ami-0${hex(name, 16)}`;
}

/**
 * Answers a function of the `aws` package.
 *
 * @param args checked against the published type, without secret marks.
 * @throws ProviderError when the function is published but the simulation has no answer, or nothing matches.
 */
export function invokeFunction(
    token: string,
    args: Properties,
    account: SimulatedAccount,
): Properties {
    const answer = answers[token];
    if (!answer) {
        throw new ProviderError(
            `the AWS simulation has no answer for the function '${token}': add one to workshop/aws-simulation/invokes`,
        );
    }
    // The provider's functions return their arguments as well.
    return { ...args, region: account.region, ...answer(args, account) };
}
