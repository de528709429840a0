import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AwsSimulation, startAwsSimulation } from "../../../workshop/aws-simulation";
import { Client } from "./support/client";

let simulation: AwsSimulation;
let aws: Client;
beforeAll(async () => {
    simulation = await startAwsSimulation({
        region: "us-gov-west-1",
        partition: "aws-us-gov",
        accountId: "210987654321",
    });
    aws = new Client(simulation.ports.aws);
});
afterAll(async () => {
    aws.close();
    await simulation.stop();
});

describe("functions about the account", () => {
    it.each([
        [
            "aws:index/getCallerIdentity:getCallerIdentity",
            { accountId: "210987654321", arn: "arn:aws-us-gov:iam::210987654321:user/simulated" },
        ],
        [
            "aws:index/getPartition:getPartition",
            { partition: "aws-us-gov", dnsSuffix: "amazonaws.com" },
        ],
        ["aws:index/getRegion:getRegion", { region: "us-gov-west-1" }],
        [
            "aws:index/getAvailabilityZones:getAvailabilityZones",
            { names: ["a", "b", "c", "d"].map((zone) => `us-gov-west-1${zone}`) },
        ],
    ])("%s", async (token, expected) => {
        expect(await aws.invoke(token, {})).toMatchObject(expected);
    });

    it("find what exists, by id or tag, and say when nothing does", async () => {
        const tags = { Name: "shared" };
        const vpc = simulation.adopt("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16", tags });
        const token = "aws:ec2/getVpc:getVpc";
        expect(await aws.invoke(token, { id: vpc })).toMatchObject({ cidrBlock: "10.9.0.0/16" });
        expect(await aws.invoke(token, { tags })).toMatchObject({ id: vpc });
        await expect(aws.invoke(token, { id: "vpc-0" })).rejects.toThrow(
            "no matching EC2 VPC found",
        );
        const subnet = simulation.adopt("aws:ec2/subnet:Subnet", { vpcId: vpc });
        const filters = [{ name: "vpc-id", values: [vpc] }];
        const found = await aws.invoke("aws:ec2/getSubnets:getSubnets", { filters });
        expect(found.ids).toEqual([subnet]);
    });
});

describe("functions about quotas", () => {
    const token = "aws:servicequotas/getServiceQuota:getServiceQuota";
    const standard = { serviceCode: "ec2", quotaCode: "L-1216C47A" };

    it("tell AWS's default and what is applied, and no quota that there is not", async () => {
        const addresses = { serviceCode: "ec2", quotaCode: "L-0263D0A3" };
        expect(await aws.invoke(token, addresses)).toMatchObject({ value: 5, defaultValue: 5 });
        expect(await aws.invoke(token, standard)).toMatchObject({ value: 2000, defaultValue: 5 });
        await expect(
            aws.invoke(token, { serviceCode: "ec2", quotaCode: "L-00000000" }),
        ).rejects.toThrow("NoSuchResourceException");
    });

    it("are denied to those who may not ask", async () => {
        const deniedActions = ["servicequotas:GetServiceQuota"];
        const locked = await startAwsSimulation({ deniedActions });
        const client = new Client(locked.ports.aws);
        await expect(client.invoke(token, standard)).rejects.toThrow("AccessDeniedException");
        client.close();
        await locked.stop();
    });

    it("count what is there", async () => {
        const tags = { Name: "counted" };
        const vpc = simulation.adopt("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16", tags });
        const subnetId = simulation.adopt("aws:ec2/subnet:Subnet", { vpcId: vpc });
        const address = simulation.adopt("aws:ec2/eip:Eip", { tags });
        const gateway = simulation.adopt("aws:ec2/natGateway:NatGateway", { subnetId });
        const found = async (name: string, args: object): Promise<unknown> =>
            aws.invoke(`aws:ec2/${name}:${name}`, { ...args });
        expect(await found("getVpcs", { tags })).toMatchObject({ ids: [vpc] });
        const filters = [{ name: "tag:Name", values: ["counted"] }];
        expect(await found("getEips", { filters })).toMatchObject({ allocationIds: [address] });
        expect(await found("getNatGateways", { vpcId: vpc })).toMatchObject({ ids: [gateway] });
    });
});

describe("functions about node groups", () => {
    const names = "aws:eks/getNodeGroups:getNodeGroups";

    it("list those of a cluster, and tell how many nodes one has", async () => {
        simulation.adopt("aws:eks/cluster:Cluster", { name: "busy" }, "busy");
        const scalingConfig = { minSize: 0, desiredSize: 3, maxSize: 9 };
        simulation.adopt("aws:eks/nodeGroup:NodeGroup", {
            clusterName: "busy",
            nodeGroupName: "jobs",
            scalingConfig,
        });
        const clusterName = "busy";
        expect(await aws.invoke(names, { clusterName })).toMatchObject({ names: ["jobs"] });
        const token = "aws:eks/getNodeGroup:getNodeGroup";
        const one = await aws.invoke(token, { clusterName, nodeGroupName: "jobs" });
        expect(one).toMatchObject({ scalingConfigs: [scalingConfig] });
        await expect(aws.invoke(token, { clusterName, nodeGroupName: "no" })).rejects.toThrow(
            "no matching EKS Node Group found",
        );
    });

    it("fail where there is no cluster", async () => {
        await expect(aws.invoke(names, { clusterName: "gone" })).rejects.toThrow(
            "No cluster found for name: gone.",
        );
    });
});

describe("functions that are not to be had", () => {
    it("reject what the package does not declare", async () => {
        await expect(aws.invoke("aws:index/getWeather:getWeather", {})).rejects.toThrow(
            "unknown function 'aws:index/getWeather:getWeather'",
        );
    });

    it("say when the package declares it and the simulation has no answer", async () => {
        await expect(
            aws.invoke("aws:pricing/getProduct:getProduct", {
                serviceCode: "AmazonEC2",
                filters: [],
            }),
        ).rejects.toThrow("the AWS simulation has no answer for the function");
    });

    it("reject arguments of another shape", async () => {
        await expect(aws.invoke("aws:ec2/getVpc:getVpc", { vpcId: "vpc-0" })).rejects.toThrow(
            'Unknown argument "vpcId"',
        );
    });
});

describe("aws.iam.getPolicyDocument", () => {
    const documentOf = async (args: Parameters<Client["invoke"]>[1]): Promise<unknown> => {
        const { json } = await aws.invoke("aws:iam/getPolicyDocument:getPolicyDocument", args);
        return JSON.parse(json as string);
    };

    it("writes the document", async () => {
        const document = await documentOf({
            statements: [
                {
                    sid: "Assume",
                    actions: ["sts:AssumeRoleWithWebIdentity"],
                    principals: [{ type: "Federated", identifiers: ["arn:one"] }],
                    conditions: [
                        {
                            test: "StringEquals",
                            variable: "oidc:aud",
                            values: ["sts.amazonaws.com"],
                        },
                        { test: "StringEquals", variable: "oidc:sub", values: ["a", "b"] },
                    ],
                },
                { effect: "Deny", actions: ["s3:*", "es:*"], resources: ["*"] },
            ],
        });
        expect(document).toEqual({
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "Assume",
                    Effect: "Allow",
                    Principal: { Federated: "arn:one" },
                    Action: "sts:AssumeRoleWithWebIdentity",
                    Condition: {
                        StringEquals: { "oidc:aud": "sts.amazonaws.com", "oidc:sub": ["a", "b"] },
                    },
                },
                { Effect: "Deny", Action: ["s3:*", "es:*"], Resource: "*" },
            ],
        });
    });

    it("merges other documents, the overriding ones by Sid", async () => {
        const source = JSON.stringify({
            Statement: [
                { Sid: "a", Effect: "Allow", Action: "x" },
                { Sid: "b", Effect: "Allow", Action: "y" },
            ],
        });
        const override = JSON.stringify({ Statement: { Sid: "a", Effect: "Deny", Action: "x" } });
        const document = await documentOf({
            sourcePolicyDocuments: [source],
            overridePolicyDocuments: [override],
        });
        expect(document).toMatchObject({ Statement: [{ Sid: "b" }, { Sid: "a", Effect: "Deny" }] });
    });
});
