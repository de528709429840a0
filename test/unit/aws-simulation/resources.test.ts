import { describe, expect, it } from "vitest";
import { SimulatedAccount } from "../../../workshop/aws-simulation/account";
import { newId, outputsOf, rows } from "../../../workshop/aws-simulation/resources";
import { catalogueOf } from "../../../workshop/aws-simulation/shapes/catalogue";
import { misfits } from "../../../workshop/aws-simulation/shapes/validate";
import { Properties } from "../../../workshop/aws-simulation/wire/values";

const GOV = {
    region: "us-gov-west-1",
    accountId: "210987654321",
    partition: "aws-us-gov",
    serviceLinkedRoles: [],
};

/** Enough inputs for any row to compute from. */
const INPUTS: Properties = {
    name: "example",
    brokerName: "example",
    bucket: "example",
    clusterName: "example",
    vpcConfig: { subnetIds: [] },
    domainName: "example",
    engineType: "RabbitMQ",
    replicationGroupId: "example",
    transitEncryptionEnabled: true,
    awsServiceName: "opensearchservice.amazonaws.com",
    url: "https://oidc.example/id/1",
};

function stateOf(type: string, inputs: Properties = INPUTS, options = GOV): Properties {
    const account = new SimulatedAccount(options);
    const resource = { name: "example", seed: "seed", revision: 1, inputs };
    const id = newId(type, { ...resource, account });
    return outputsOf({ ...resource, type, id }, account, {});
}

const types = Object.keys(rows);

describe("rows", () => {
    it.each(types)("%s is declared by the package", (type) => {
        expect(catalogueOf("aws").inputsOf(type)).toBeDefined();
        expect(catalogueOf("aws").stateOf(type)).toBeDefined();
    });

    it.each(types)("%s computes outputs of the published types", (type) => {
        const state = catalogueOf("aws").stateOf(type) ?? {};
        const known = Object.entries(stateOf(type)).filter(
            ([name]) => name === "vpcConfig" || !(name in INPUTS),
        );
        const optional = Object.fromEntries(
            Object.entries(state).map(([name, shape]) => [name, { ...shape, required: false }]),
        );
        expect(misfits(Object.fromEntries(known), optional)).toEqual([]);
    });

    it.each(types)("%s computes no output that the package does not declare", (type) => {
        const account = new SimulatedAccount(GOV);
        const context = { account, name: "example", seed: "seed", revision: 1, inputs: INPUTS };
        const outputs = rows[type]?.outputs?.({ ...context, id: newId(type, context) }) ?? {};
        const undeclared = Object.keys(outputs).filter(
            (name) => !catalogueOf("aws").stateOf(type)?.[name],
        );
        expect(undeclared).toEqual([]);
    });

    it.each(types)("%s replaces on inputs that exist", (type) => {
        const inputs = catalogueOf("aws").inputsOf(type) ?? {};
        const paths = (rows[type]?.replaceOn ?? []).map((rule) =>
            typeof rule === "string" ? rule : rule.path,
        );
        expect(
            paths.map((path) => path.split(".")[0] ?? "").filter((path) => !inputs[path]),
        ).toEqual([]);
    });

    it.each(types)("%s writes ARNs of the account's partition", (type) => {
        const text = JSON.stringify(stateOf(type));
        const partitions = [...text.matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found);
        expect(partitions.filter((partition) => partition !== "aws-us-gov")).toEqual([]);
    });
});

describe("endpoints", () => {
    const aws = { ...GOV, region: "us-west-2", partition: "aws", accountId: "123456789012" };

    it("of a RabbitMQ broker", () => {
        const { instances, arn } = stateOf("aws:mq/broker:Broker", INPUTS, aws);
        expect(instances).toEqual([
            {
                consoleUrl: expect.stringMatching(
                    /^https:\/\/b-[0-9a-f-]{36}\.mq\.us-west-2\.amazonaws\.com$/,
                ) as string,
                endpoints: [
                    expect.stringMatching(
                        /^amqps:\/\/b-[0-9a-f-]{36}\.mq\.us-west-2\.amazonaws\.com:5671$/,
                    ),
                ],
                ipAddress: "",
            },
        ]);
        expect(arn).toMatch(/^arn:aws:mq:us-west-2:123456789012:broker:example:b-/);
    });

    it.each([
        [true, /^master\.example\.[0-9a-f]{6}\.usw2\.cache\.amazonaws\.com$/],
        [false, /^example\.[0-9a-f]{6}\.ng\.0001\.usw2\.cache\.amazonaws\.com$/],
    ])("of a replication group with encryption in transit %s", (encrypted, expected) => {
        const inputs = { ...INPUTS, transitEncryptionEnabled: encrypted };
        const state = stateOf("aws:elasticache/replicationGroup:ReplicationGroup", inputs, aws);
        expect(state.primaryEndpointAddress).toMatch(expected);
    });

    it.each([
        [
            "aws:opensearch/domain:Domain",
            { subnetIds: [] },
            /^vpc-example-[0-9a-f]{26}\.us-west-2\.es\./,
        ],
        [
            "aws:elasticsearch/domain:Domain",
            undefined,
            /^search-example-[0-9a-f]{26}\.us-west-2\.es\./,
        ],
    ])("of %s", (type, vpcOptions, expected) => {
        const inputs = { ...INPUTS, ...(vpcOptions ? { vpcOptions } : {}) };
        expect(stateOf(type, inputs, aws).endpoint).toMatch(expected);
    });

    it("of an EKS cluster and its OIDC issuer", () => {
        const state = stateOf("aws:eks/cluster:Cluster", INPUTS, aws);
        expect(state.endpoint).toMatch(
            /^https:\/\/[0-9A-F]{32}\.gr7\.us-west-2\.eks\.amazonaws\.com$/,
        );
        expect(JSON.stringify(state.identities)).toMatch(
            /https:\/\/oidc\.eks\.us-west-2\.amazonaws\.com\/id\/[0-9A-F]{32}/,
        );
    });
});
