import { beforeEach, describe, expect, it } from "vitest";
import { SimulatedAccount } from "../../../workshop/aws-simulation/account";
import { refusals } from "../../../workshop/aws-simulation/rules";
import { inUse } from "../../../workshop/aws-simulation/rules/network";
import { Properties } from "../../../workshop/aws-simulation/wire/values";
import {
    ATTACHMENT,
    BROKER,
    CLUSTER,
    DOMAIN,
    equippedAccount,
    exists,
    GOOD,
    GROUP,
    INGRESS,
    refusalsOf,
} from "./support/refusals";

const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";

let account: SimulatedAccount;
beforeEach(() => {
    account = equippedAccount();
});

describe("what AWS accepts", () => {
    it.each(Object.keys(GOOD))("%s", (type) => {
        expect(refusalsOf(type, {}, account)).toEqual([]);
    });

    it.each<[string, Properties]>([
        [
            "a RabbitMQ cluster in several zones",
            { deploymentMode: "CLUSTER_MULTI_AZ", subnetIds: ["subnet-a", "subnet-b"] },
        ],
        ["RabbitMQ 4 on mq.m7g", { engineVersion: "4.2", hostInstanceType: "mq.m7g.large" }],
    ])("%s", (_, change) => {
        expect(refusalsOf(BROKER, change, account)).toEqual([]);
    });
});

describe("what depends on the account", () => {
    it("a domain in a VPC needs the service-linked role first", () => {
        account = equippedAccount([]);
        expect(refusalsOf(DOMAIN, {}, account)).toEqual([
            expect.stringContaining("you must enable a service-linked role"),
        ]);
        exists(account, "aws:iam/serviceLinkedRole:ServiceLinkedRole", "role", {
            awsServiceName: "opensearchservice.amazonaws.com",
        });
        expect(refusalsOf(DOMAIN, {}, account)).toEqual([]);
    });

    it("a security group rule is refused the second time", () => {
        exists(account, INGRESS, "sgr-1", GOOD[INGRESS] ?? {});
        expect(refusalsOf(INGRESS, {}, account)).toEqual([
            expect.stringContaining(
                'InvalidPermission.Duplicate: the specified rule "peer: sg-2, TCP, from port: 5671, to port: 5671, ALLOW" already exists',
            ),
        ]);
    });
});

describe("updates that AWS refuses", () => {
    const update = (type: string, olds: Properties, news: Properties): string[] =>
        refusals(type, "update", {
            account,
            olds: { ...GOOD[type], ...olds },
            inputs: { ...GOOD[type], ...news },
        });

    it("other security groups for a RabbitMQ broker, but not another order of them", () => {
        expect(update(BROKER, { securityGroups: ["a"] }, { securityGroups: ["b"] })).toEqual([
            expect.stringContaining("Updating security groups is not supported"),
        ]);
        const reordered = update(
            BROKER,
            { securityGroups: ["a", "b"] },
            { securityGroups: ["b", "a"] },
        );
        expect(reordered).toEqual([]);
    });

    it("types of nodes that a store cannot have, at an update as at its creation", () => {
        expect(update(GROUP, {}, { nodeType: "cache.m6g.9xlarge" })).toEqual([
            expect.stringContaining("ModifyReplicationGroup"),
        ]);
        const clusterConfig = { instanceType: "m7g.3xlarge.search", instanceCount: 1 };
        const vpcOptions = { subnetIds: ["subnet-a"] };
        expect(update(DOMAIN, {}, { clusterConfig, vpcOptions })).toContainEqual(
            expect.stringMatching(/UpdateDomainConfig.*m7g\.3xlarge\.search/),
        );
    });

    it("a broker back to mq.t3.micro", () => {
        expect(update(BROKER, {}, { hostInstanceType: "mq.t3.micro" })).toEqual([
            expect.stringContaining(
                "Downgrading from current instance type [mq.m5.large] to requested instance type [mq.t3.micro]",
            ),
        ]);
    });

    it("an older Kubernetes", () => {
        expect(update(CLUSTER, { version: "1.35" }, { version: "1.34" })).toEqual([
            expect.stringContaining(
                "Unsupported Kubernetes minor version update from 1.35 to 1.34",
            ),
        ]);
    });

    it("a Kubernetes two minor versions newer", () => {
        expect(update(CLUSTER, { version: "1.34" }, { version: "1.35" })).toEqual([]);
        expect(update(CLUSTER, { version: "1.34" }, { version: "1.36" })).toEqual([
            expect.stringContaining(
                "Unsupported Kubernetes minor version update from 1.34 to 1.36",
            ),
        ]);
    });
});

describe("deletions that AWS refuses", () => {
    const refused = (type: string, id: string): string | undefined => {
        const resource = account.get(type, id);
        return resource && inUse(resource, account.resources.values());
    };

    it("a cluster under deletion protection", () => {
        const inputs = { ...GOOD[CLUSTER], deletionProtection: true };
        expect(refusals(CLUSTER, "delete", { account, inputs })).toEqual([
            expect.stringContaining("deletion protection"),
        ]);
    });

    it("a subnet, a role, a parameter group that something uses", () => {
        exists(account, BROKER, "b-1", { subnetIds: ["subnet-b"] });
        exists(account, ATTACHMENT, "a", { role: "node", policyArn: "arn" });
        exists(account, GROUP, "g", { parameterGroupName: "valkey" });
        expect(refused("aws:ec2/subnet:Subnet", "subnet-b")).toContain("DependencyViolation");
        expect(refused("aws:ec2/subnet:Subnet", "subnet-a2")).toBeUndefined();
        expect(refused("aws:iam/role:Role", "node")).toContain("must detach all policies first");
        expect(refused("aws:elasticache/parameterGroup:ParameterGroup", "valkey")).toContain(
            "InvalidCacheParameterGroupState",
        );
    });

    it("a security group that another one's rule names, but not for its own rules", () => {
        exists(account, SECURITY_GROUP, "sg-1", {});
        exists(account, INGRESS, "own", { securityGroupId: "sg-1" });
        expect(refused(SECURITY_GROUP, "sg-1")).toBeUndefined();
        exists(account, INGRESS, "other", {
            securityGroupId: "sg-9",
            referencedSecurityGroupId: "sg-1",
        });
        expect(refused(SECURITY_GROUP, "sg-1")).toContain("sg-1 has a dependent object");
    });
});
