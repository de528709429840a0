import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AwsSimulation, startAwsSimulation } from "../../../workshop/aws-simulation";
import { Catalogue } from "../../../workshop/aws-simulation/shapes/catalogue";
import { secret, UNKNOWN } from "../../../workshop/aws-simulation/wire/values";
import { Client } from "./support/client";

const BROKER = "aws:mq/broker:Broker";
const broker = {
    engineType: "RabbitMQ",
    engineVersion: "3.13",
    hostInstanceType: "mq.m5.large",
    users: [{ username: "hysds", password: "a-good-password-0" }],
};

let simulation: AwsSimulation;
let aws: Client;
beforeAll(async () => {
    simulation = await startAwsSimulation();
    aws = new Client(simulation.ports.aws);
});
afterAll(async () => {
    aws.close();
    await simulation.stop();
});

describe("inputs against the published types", () => {
    it("accepts what the types allow", async () => {
        expect((await aws.check(BROKER, broker)).failures).toEqual([]);
    });

    it("rejects a type that the package does not declare", async () => {
        await expect(aws.check("aws:mq/broker:Brokr", broker)).rejects.toThrow(
            "unknown resource type 'aws:mq/broker:Brokr'",
        );
        await expect(aws.check("aws:mq/brokers:Broker", broker)).rejects.toThrow(
            "unknown resource type",
        );
    });

    it("rejects an unknown property and names the nearest known one", async () => {
        const { failures } = await aws.check(BROKER, { ...broker, engineVersio: "3.13" });
        expect(failures).toEqual([
            'engineVersio: Unknown argument "engineVersio": the published type has no such property; did you mean "engineVersion"?',
        ]);
    });

    it("rejects an unknown property in a list of objects", async () => {
        const users = [{ username: "hysds", password: "a-good-password-0", admin: true }];
        const { failures } = await aws.check(BROKER, { ...broker, users });
        expect(failures).toEqual([expect.stringContaining("users[0].admin: Unknown argument")]);
    });

    it("rejects a missing required property at any depth", async () => {
        const { failures } = await aws.check(BROKER, {
            engineType: "RabbitMQ",
            engineVersion: "3.13",
            users: [{ username: "hysds" }],
        });
        expect(failures).toEqual([
            'users[0].password: Missing required argument "password"',
            'hostInstanceType: Missing required argument "hostInstanceType"',
        ]);
    });

    it.each([
        ["publiclyAccessible", "false", "expected boolean"],
        ["engineVersion", 3.13, "expected string"],
        ["subnetIds", "subnet-1", "expected a list"],
        ["configuration", "c-1", "expected an object"],
        ["tags", { Name: 1 }, "expected string"],
    ])("rejects %s of the wrong kind", async (property, value, reason) => {
        const { failures } = await aws.check(BROKER, { ...broker, [property]: value });
        expect(failures).toEqual([expect.stringContaining(reason)]);
    });

    it("sees through secrets and lets unknown values be anything", async () => {
        const hidden = { ...broker, hostInstanceType: secret(7), subnetIds: UNKNOWN };
        expect((await aws.check(BROKER, hidden)).failures).toEqual([
            "hostInstanceType: expected string, got number 7",
        ]);
    });

    it("checks policy documents given as objects, and keeps them as text", async () => {
        const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" };
        const document = { Version: "2012-10-17", Statement: [statement] };
        const type = "aws:iam/role:Role";
        const good = await aws.check(type, { assumeRolePolicy: document });
        expect(good.inputs.assumeRolePolicy).toBe(
            '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":"*"}],"Version":"2012-10-17"}',
        );
        const bad = await aws.check(type, { assumeRolePolicy: { ...document, Statements: [] } });
        expect(bad.failures).toEqual([expect.stringContaining("assumeRolePolicy.Statements")]);
    });
});

describe("the catalogue", () => {
    it("parses the published types well within ten seconds, and from its cache in a fraction", () => {
        const cache = fs.mkdtempSync(path.join(os.tmpdir(), "aws-simulation-"));
        try {
            const times = [1, 2].map(() => {
                const start = performance.now();
                expect(new Catalogue("aws", cache).nestedType("mq.BrokerUser")).toBeDefined();
                return performance.now() - start;
            });
            expect(times[0]).toBeLessThan(10_000);
            expect(times[1]).toBeLessThan(times[0] ?? 0);
        } finally {
            fs.rmSync(cache, { recursive: true });
        }
    });

    it("knows components and their nested types", () => {
        expect(new Catalogue("awsx").inputsOf("awsx:ec2:Vpc")).toHaveProperty("subnetSpecs");
        expect(new Catalogue("eks").inputsOf("eks:index:Cluster")).toHaveProperty("accessEntries");
        expect(new Catalogue("eks").nestedType("AccessEntryArgs")).toHaveProperty("principalArn");
    });
});
