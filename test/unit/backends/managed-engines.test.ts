import { describe, expect, it } from "vitest";
import { createBackends } from "../../../components/backends";
import { createPlatform } from "../../../components/platform";
import { Settings } from "../../../components/settings/settings";
import { Registered, registered, SimulatedAccount } from "../../support/mocks";
import { awsSettings, managedBackends } from "../../support/settings";

const DOMAIN = "aws:opensearch/domain:Domain";

function build(settings: Settings, account?: SimulatedAccount): Promise<Registered> {
    return registered(() => {
        createBackends(settings, createPlatform(settings));
    }, account);
}

function buildWith(changes: Parameters<typeof managedBackends>[0]): Promise<Registered> {
    return build(awsSettings({ backends: managedBackends(changes) }));
}

describe("the parameter group's family", () => {
    it.each([
        ["redis", "6.2", "redis6.x"],
        ["redis", "7.1", "redis7"],
        ["valkey", "7.2", "valkey7"],
        ["valkey", "8.0", "valkey8"],
    ] as const)("of %s %s is %s", async (engine, engineVersion, family) => {
        const stack = await buildWith({
            redis: { engine, engineVersion, layout: "shared" },
        });
        expect(stack.inputs("aws:elasticache/parameterGroup:ParameterGroup")).toMatchObject({
            family,
        });
    });
});

describe("an OpenSearch domain", () => {
    it("names its engine as AWS does, and creates the account's role only when asked", async () => {
        const opensearch = { engine: "opensearch", engineVersion: "2.19" } as const;
        const plain = await buildWith({ search: opensearch });
        expect(plain.inputs(DOMAIN, "hysds-prod-grq")).toMatchObject({
            engineVersion: "OpenSearch_2.19",
        });
        expect(plain.ofType("aws:iam/serviceLinkedRole:ServiceLinkedRole")).toEqual([]);

        const first = await buildWith({
            search: { ...opensearch, createServiceLinkedRole: true },
        });
        const role = first.one("aws:iam/serviceLinkedRole:ServiceLinkedRole");
        expect(role.options.retainOnDelete).toBe(true);
        for (const domain of first.ofType(DOMAIN)) {
            expect(first.ancestors(domain)).toContain(role.urn);
        }
    });
});

describe("in GovCloud", () => {
    it("writes log permissions for its own partition", async () => {
        const stack = await build(awsSettings(), {
            partition: "aws-us-gov",
            region: "us-gov-west-1",
        });
        const { policyDocument } = stack.inputs(
            "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        );
        expect(policyDocument).toContain(
            "arn:aws-us-gov:logs:us-gov-west-1:123456789012:log-group:/aws/opensearch/hysds-prod-*",
        );
    });
});
