import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AwsSimulation, startAwsSimulation } from "../../../workshop/aws-simulation";
import { Properties, secret, UNKNOWN } from "../../../workshop/aws-simulation/wire/values";
import { Client } from "./support/client";

const BROKER = "aws:mq/broker:Broker";
const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const LOGS = "aws:cloudwatch/logGroup:LogGroup";
const PASSWORD = "Good-pass_word1";

const broker: Properties = {
    engineType: "RabbitMQ",
    engineVersion: "3.13",
    hostInstanceType: "mq.m5.large",
    autoMinorVersionUpgrade: true,
    users: [{ username: "hysds", password: secret(PASSWORD) }],
};

let simulation: AwsSimulation;
let aws: Client;
beforeEach(async () => {
    simulation = await startAwsSimulation({ region: "us-gov-west-1", partition: "aws-us-gov" });
    aws = new Client(simulation.ports.aws);
});
afterEach(async () => {
    aws.close();
    await simulation.stop();
});

describe("the life of a resource", () => {
    it("is named, created, read, updated and deleted", async () => {
        const made = await aws.make(BROKER, broker, "rabbitmq");
        expect(made.inputs.brokerName).toMatch(/^rabbitmq-[0-9a-f]{7}$/);
        expect(made.id).toMatch(/^b-[0-9a-f-]{36}$/);
        expect(made.outputs.arn).toMatch(
            /^arn:aws-us-gov:mq:us-gov-west-1:123456789012:broker:rabbitmq-/,
        );
        expect(simulation.resources.has(`${BROKER}::${made.id}`)).toBe(true);

        const read = await aws.read(BROKER, made.id, made.inputs);
        expect(read.outputs).toEqual(made.outputs);
        expect(read.inputs).toEqual(made.inputs);

        const larger = { ...made.inputs, hostInstanceType: "mq.m5.xlarge" };
        const updated = await aws.update(BROKER, made.id, made.outputs, larger);
        expect(updated).toEqual({ ...made.outputs, hostInstanceType: "mq.m5.xlarge" });

        await aws.delete(BROKER, made.id);
        expect(simulation.resources.size).toBe(0);
        expect((await aws.read(BROKER, made.id, made.inputs)).id).toBe("");
    });

    it("knows its inputs and nothing else in a preview, and leaves the account alone", async () => {
        const { inputs } = await aws.check(LOGS, { name: "/hysds", tags: { a: "b" } });
        const planned = await aws.create(LOGS, inputs, { preview: true });
        expect(planned).toMatchObject({
            id: "",
            outputs: { name: "/hysds", arn: UNKNOWN, tagsAll: { a: "b" } },
        });
        expect(simulation.resources.size).toBe(0);
    });

    it("keeps the name it once chose", async () => {
        const first = await aws.check(BROKER, broker);
        const second = await aws.check(BROKER, broker, first.inputs);
        expect(second.inputs.brokerName).toBe(first.inputs.brokerName);
    });

    it("refuses a logical name that leaves no room for the suffix", async () => {
        const domain = { engineVersion: "OpenSearch_2.19" };
        await expect(
            aws.check("aws:opensearch/domain:Domain", domain, undefined, "hysds-production-search"),
        ).rejects.toThrow("is longer than maximum length 28");
    });

    it("numbers the versions of a launch template, but not for tags", async () => {
        const made = await aws.make(TEMPLATE, { instanceType: "m7g.large" });
        expect(made.outputs.latestVersion).toBe(1);
        const tagged = { ...made.inputs, tags: { a: "b" } };
        const outputs = await aws.update(TEMPLATE, made.id, made.outputs, tagged);
        expect(outputs.latestVersion).toBe(1);
        const larger = { ...tagged, instanceType: "m7g.xlarge" };
        expect((await aws.update(TEMPLATE, made.id, outputs, larger)).latestVersion).toBe(2);
    });

    it("shows in a read what somebody changed behind the engine's back", async () => {
        const made = await aws.make(LOGS, { name: "/hysds", retentionInDays: 30 });
        simulation.drift(LOGS, made.id, { retentionInDays: 7 });
        const read = await aws.read(LOGS, made.id, made.inputs);
        expect(read.inputs.retentionInDays).toBe(7);
        expect(read.outputs.retentionInDays).toBe(7);
    });

    it("finds what no engine made", async () => {
        const id = simulation.adopt("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" });
        expect((await aws.read("aws:ec2/vpc:Vpc", id, {})).inputs.cidrBlock).toBe("10.0.0.0/16");
    });
});

describe("secrets", () => {
    it("stay secret where they are put out", async () => {
        const { outputs } = await aws.make(BROKER, broker);
        expect(outputs.users).toEqual([{ username: "hysds", password: secret(PASSWORD) }]);
    });

    it("are marked by the provider where its schema says so", async () => {
        const { outputs } = await aws.make(GROUP, {
            description: "results",
            nodeType: "cache.t4g.small",
            transitEncryptionEnabled: true,
            authToken: "sixteen-chars-at-least",
        });
        expect(outputs.authToken).toEqual(secret("sixteen-chars-at-least"));
    });

    it("are secret still when read", async () => {
        const made = await aws.make(BROKER, broker);
        const { outputs, inputs } = await aws.read(BROKER, made.id, made.inputs);
        expect(inputs.users).toEqual(made.inputs.users);
        expect(outputs.users).toEqual(made.outputs.users);
    });

    it("are in the clear in the log of calls, where tests look for them", async () => {
        await aws.make(BROKER, broker);
        const created = simulation.calls.find(({ operation }) => operation === "create");
        expect(created?.inputs.users).toEqual([{ username: "hysds", password: PASSWORD }]);
    });
});

describe("differences", () => {
    const difference = async (
        type: string,
        olds: Properties,
        news: Properties,
    ): Promise<{ changed: string[]; replaces: string[]; deletesFirst: boolean }> => {
        const response = await aws.diff(type, olds, news);
        return {
            changed: response.getDiffsList(),
            replaces: response.getReplacesList(),
            deletesFirst: response.getDeletebeforereplace(),
        };
    };
    const auto = {
        __defaults: ["brokerName", "replicationGroupId", "domainName", "name", "nodeGroupName"],
    };

    it("are none between equal inputs, whatever the order of keys", async () => {
        const olds = { ...auto, engineType: "RabbitMQ", tags: { a: "1", b: "2" } };
        const news = { tags: { b: "2", a: "1" }, engineType: "RabbitMQ", ...auto };
        expect((await difference(BROKER, olds, news)).changed).toEqual([]);
    });

    it.each<[string, Properties, Properties, string[]]>([
        [BROKER, { hostInstanceType: "mq.m5.large" }, { hostInstanceType: "mq.m5.xlarge" }, []],
        [
            BROKER,
            { deploymentMode: "SINGLE_INSTANCE" },
            { deploymentMode: "CLUSTER_MULTI_AZ" },
            ["deploymentMode"],
        ],
        [BROKER, { subnetIds: ["a"] }, { subnetIds: ["b"] }, ["subnetIds"]],
        [BROKER, { securityGroups: ["a"] }, { securityGroups: ["b"] }, []],
        [GROUP, { numCacheClusters: 1 }, { numCacheClusters: 2 }, []],
        [
            GROUP,
            { atRestEncryptionEnabled: false },
            { atRestEncryptionEnabled: true },
            ["atRestEncryptionEnabled"],
        ],
        [GROUP, { subnetGroupName: "a" }, { subnetGroupName: "b" }, ["subnetGroupName"]],
        [
            "aws:opensearch/domain:Domain",
            { vpcOptions: { subnetIds: ["a"] } },
            { vpcOptions: { subnetIds: ["b"] } },
            [],
        ],
        ["aws:opensearch/domain:Domain", {}, { vpcOptions: { subnetIds: ["b"] } }, ["vpcOptions"]],
        [
            "aws:opensearch/domain:Domain",
            { encryptAtRest: { enabled: true } },
            { encryptAtRest: { enabled: true, kmsKeyId: "k" } },
            ["encryptAtRest"],
        ],
        [
            "aws:opensearch/domain:Domain",
            { encryptAtRest: { enabled: true } },
            {},
            ["encryptAtRest"],
        ],
        [
            "aws:opensearch/domain:Domain",
            { engineVersion: "OpenSearch_2.17" },
            { engineVersion: "OpenSearch_2.19" },
            [],
        ],
        [
            "aws:opensearch/domain:Domain",
            { engineVersion: "OpenSearch_2.19" },
            { engineVersion: "OpenSearch_3.3" },
            [],
        ],
        [
            "aws:opensearch/domain:Domain",
            { engineVersion: "OpenSearch_2.17" },
            { engineVersion: "OpenSearch_3.3" },
            ["engineVersion"],
        ],
        [
            "aws:opensearch/domain:Domain",
            { engineVersion: "OpenSearch_2.19" },
            { engineVersion: "OpenSearch_2.17" },
            ["engineVersion"],
        ],
        [
            "aws:opensearch/domain:Domain",
            { engineVersion: "Elasticsearch_7.10" },
            { engineVersion: "OpenSearch_2.19" },
            ["engineVersion"],
        ],
        [GROUP, { engineVersion: "8.1" }, { engineVersion: "9.0" }, []],
        [GROUP, { engineVersion: "8.1" }, { engineVersion: "8.0" }, ["engineVersion"]],
        [GROUP, { engine: "redis" }, { engine: "valkey" }, []],
        [GROUP, { engine: "valkey" }, { engine: "redis" }, ["engine"]],
        [BROKER, { engineVersion: "3.13" }, { engineVersion: "4.2" }, []],
        [
            "aws:ec2/securityGroup:SecurityGroup",
            { description: "a" },
            { description: "b" },
            ["description"],
        ],
        [
            "aws:eks/nodeGroup:NodeGroup",
            { launchTemplate: { id: "a", version: "1" } },
            { launchTemplate: { id: "a", version: "2" } },
            [],
        ],
        [
            "aws:eks/nodeGroup:NodeGroup",
            { launchTemplate: { id: "a", version: "1" } },
            { launchTemplate: { id: "b", version: "1" } },
            ["launchTemplate"],
        ],
    ])("of %s from %o to %o", async (type, olds, news, replaces) => {
        const found = await difference(type, { ...auto, ...olds }, { ...auto, ...news });
        expect(found.changed).toHaveLength(1);
        expect(found.replaces).toEqual(replaces);
        expect(found.deletesFirst).toBe(false);
    });

    it("in the users of a RabbitMQ broker go unnoticed, as the provider cannot change them", async () => {
        const users = [{ username: "hysds", password: "Another-word_2" }];
        expect((await difference(BROKER, broker, { ...broker, users })).changed).toEqual([]);
    });

    it("in the users of a RabbitMQ broker never reach it, whatever else is updated", async () => {
        const { id, inputs, outputs } = await aws.make(BROKER, broker);
        const users = [{ username: "another", password: "Another-word_2" }];
        const updated = await aws.update(BROKER, id, outputs, {
            ...inputs,
            users,
            hostInstanceType: "mq.m7g.xlarge",
        });
        expect(updated).toMatchObject({ hostInstanceType: "mq.m7g.xlarge" });
        expect(simulation.resources.get(`${BROKER}::${id}`)?.outputs.users).toMatchObject([
            { username: "hysds", password: "Good-pass_word1" },
        ]);
    });

    it("that replace a resource named by the program delete it first", async () => {
        const olds = { brokerName: "fixed", subnetIds: ["a"], __defaults: [] };
        const found = await difference(BROKER, olds, { ...olds, subnetIds: ["b"] });
        expect(found.deletesFirst).toBe(true);
    });
});

it("keeps the account through one connection after another", async () => {
    await aws.make(LOGS, { name: "/kept" });
    const another = new Client(simulation.ports.aws);
    await expect(another.make(LOGS, { name: "/kept" })).rejects.toThrow(
        "The specified log group already exists",
    );
    another.close();
});

it("listens on loopback and tells the engine where", () => {
    const { aws: port, awsx, eks } = simulation.ports;
    expect(simulation.env.PULUMI_DEBUG_PROVIDERS).toBe(`aws:${port},awsx:${awsx},eks:${eks}`);
    expect(new Set([port, awsx, eks]).size).toBe(3);
});
