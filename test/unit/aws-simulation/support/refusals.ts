import { RoleDemands, SimulatedAccount } from "../../../../workshop/aws-simulation/account";
import { refusals } from "../../../../workshop/aws-simulation/rules";
import { Properties } from "../../../../workshop/aws-simulation/wire/values";

export const BROKER = "aws:mq/broker:Broker";
export const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
export const DOMAIN = "aws:opensearch/domain:Domain";
export const ELASTICSEARCH = "aws:elasticsearch/domain:Domain";
export const CLUSTER = "aws:eks/cluster:Cluster";
export const NODES = "aws:eks/nodeGroup:NodeGroup";
export const ADD_ON = "aws:eks/addon:Addon";
export const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** Inputs that AWS accepts, from which each case departs in one point. */
export const GOOD: Readonly<Record<string, Properties>> = {
    [BROKER]: {
        brokerName: "hysds",
        engineType: "RabbitMQ",
        engineVersion: "3.13",
        hostInstanceType: "mq.m5.large",
        autoMinorVersionUpgrade: true,
        deploymentMode: "SINGLE_INSTANCE",
        subnetIds: ["subnet-a"],
        users: [{ username: "hysds", password: "Good-pass_word1" }],
    },
    [GROUP]: {
        replicationGroupId: "hysds",
        engine: "valkey",
        engineVersion: "8.0",
        nodeType: "cache.t4g.small",
        numCacheClusters: 2,
        automaticFailoverEnabled: true,
        multiAzEnabled: true,
        transitEncryptionEnabled: true,
        authToken: "sixteen-chars-at-least",
        subnetGroupName: "both",
        parameterGroupName: "valkey",
    },
    [DOMAIN]: {
        domainName: "hysds",
        engineVersion: "OpenSearch_2.19",
        clusterConfig: {
            instanceType: "m7g.large.search",
            instanceCount: 2,
            zoneAwarenessEnabled: true,
            zoneAwarenessConfig: { availabilityZoneCount: 2 },
        },
        ebsOptions: { ebsEnabled: true, volumeSize: 100, volumeType: "gp3" },
        vpcOptions: { subnetIds: ["subnet-a", "subnet-b"] },
    },
    [ELASTICSEARCH]: {
        domainName: "hysds",
        elasticsearchVersion: "7.10",
        clusterConfig: { instanceType: "m6g.large.elasticsearch" },
        vpcOptions: { subnetIds: ["subnet-a"] },
    },
    [CLUSTER]: {
        name: "hysds",
        version: "1.35",
        vpcConfig: { subnetIds: ["subnet-a", "subnet-b"] },
    },
    [NODES]: {
        clusterName: "here",
        nodeGroupName: "jobs",
        instanceTypes: ["m7g.xlarge", "r6id.32xlarge"],
        scalingConfig: { minSize: 0, desiredSize: 0, maxSize: 4 },
        subnetIds: ["subnet-a"],
        taints: [{ key: "jobs", effect: "NO_SCHEDULE" }],
    },
    [ADD_ON]: { clusterName: "here", addonName: "coredns", addonVersion: "v1.12.4-eksbuild.1" },
    [INGRESS]: {
        securityGroupId: "sg-1",
        ipProtocol: "tcp",
        fromPort: 5671,
        toPort: 5671,
        referencedSecurityGroupId: "sg-2",
    },
    [ATTACHMENT]: {
        role: "node",
        policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    },
    "aws:iam/role:Role": { name: "new", assumeRolePolicy: policy({ Principal: "*" }) },
    "aws:iam/policy:Policy": { name: "new", policy: policy({ Resource: "*" }) },
};

/** A policy document of one statement. */
export function policy(statement: object): string {
    const one = { Effect: "Allow", Action: "s3:GetObject", ...statement };
    return JSON.stringify({ Version: "2012-10-17", Statement: [one] });
}

const OPTIONS = { region: "us-west-2", accountId: "123456789012", partition: "aws" };

/** Puts something into an account. */
export function exists(
    account: SimulatedAccount,
    type: string,
    id: string,
    inputs: Properties,
): void {
    account.add({ type, id, name: id, seed: id, revision: 1, inputs, outputs: inputs });
}

/** An account with subnets in two zones, and one of everything that the good inputs refer to. */
export function equippedAccount(
    serviceLinkedRoles: string[] = ["es.amazonaws.com"],
    roleDemands?: RoleDemands,
): SimulatedAccount {
    const account = new SimulatedAccount({ ...OPTIONS, serviceLinkedRoles, roleDemands });
    for (const zone of ["a", "b", "a2"]) {
        const availabilityZone = `us-west-2${zone.charAt(0)}`;
        exists(account, "aws:ec2/subnet:Subnet", `subnet-${zone}`, { availabilityZone });
    }
    exists(account, "aws:elasticache/subnetGroup:SubnetGroup", "both", {
        subnetIds: ["subnet-a", "subnet-b"],
    });
    exists(account, "aws:elasticache/subnetGroup:SubnetGroup", "one", { subnetIds: ["subnet-a"] });
    exists(account, "aws:elasticache/parameterGroup:ParameterGroup", "valkey", {
        family: "valkey8",
    });
    exists(account, "aws:elasticache/parameterGroup:ParameterGroup", "redis", { family: "redis7" });
    exists(account, CLUSTER, "here", { name: "here" });
    exists(account, "aws:iam/role:Role", "node", { name: "node" });

    return account;
}

/**
 * Every refusal of a creation, in preview or by AWS, of the good inputs with a change.
 *
 * @param change null takes a property away.
 */
export function refusalsOf(
    type: string,
    change: Properties,
    account = equippedAccount(),
): string[] {
    const inputs = Object.fromEntries(
        Object.entries({ ...GOOD[type], ...change }).filter(([, value]) => value !== null),
    );
    return (["check", "create"] as const).flatMap((at) => refusals(type, at, { account, inputs }));
}

/** A case: what is wrong, the change that makes it so, and AWS's words for it. */
export type Refusal = [about: string, change: Properties, wording: string];
