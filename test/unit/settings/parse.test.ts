import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../components/settings/configuration-error";
import { parseSettings } from "../../../components/settings/parse";
import { cpuCores } from "../../../components/settings/quantity";
import { memoryBytes } from "../../../contract/memory-quantity";
import { keys } from "../../../components/settings/schema";
import { errorOf, settingsOf } from "./pulumi-config";

const aws = { "aws:region": "us-west-2" };
const existing = { "hysds:platform": "existing", "hysds:backends": "in-cluster" };

describe("parseSettings", () => {
    it("needs the region and nothing else", () => {
        const settings = settingsOf({ values: aws, secretKeys: [] }, "science");
        expect(settings.namePrefix).toBe("hysds-science");
        expect(settings.hysds.venue).toBe("science");
        expect(settings.protect).toBe(true);
    });

    it("takes what --path stores as numbers for quantities", () => {
        const workers = JSON.stringify([{ name: "a", queue: "b", cpu: 2, memory: 4294967296 }]);
        const { hysds } = settingsOf({
            values: { ...aws, "hysds:workers": workers },
            secretKeys: [],
        });
        expect(hysds.workers[0]).toEqual({
            name: "a",
            queue: "b",
            minReplicas: 0,
            maxReplicas: 1,
            timeoutHours: 24,
            cpu: "2",
            memory: "4294967296",
            diskGiB: 20,
        });
    });

    it("takes the Internet when it is allowed in so many words", () => {
        const values = {
            ...aws,
            "hysds:ingressAllowedCidrs": '["0.0.0.0/0"]',
            "hysds:allowInternet": "true",
        };
        expect(settingsOf({ values, secretKeys: [] }).ingress.allowedCidrs).toEqual(["0.0.0.0/0"]);
    });

    it("takes a VPC that is there", () => {
        const privateSubnetIds = ["subnet-00000000", "subnet-11111111", "subnet-22222222"];
        const values = {
            ...aws,
            "hysds:vpcId": "vpc-0123456789abcdef0",
            "hysds:privateSubnetIds": JSON.stringify(privateSubnetIds),
            "hysds:rabbitmqDeploymentMode": "CLUSTER_MULTI_AZ",
        };
        expect(settingsOf({ values, secretKeys: [] }).platform).toMatchObject({
            network: { kind: "existing", privateSubnetIds, publicSubnetIds: [] },
        });
    });

    it("takes GovCloud", () => {
        const values = {
            "aws:region": "us-gov-west-1",
            "hysds:adminPrincipalArns": '["arn:aws-us-gov:iam::123456789012:role/ops"]',
        };
        expect(settingsOf({ values, secretKeys: [] }).platform.kind).toBe("aws");
    });

    it("keeps a kubeconfig secret", async () => {
        const values = { ...existing, "hysds:kubeconfig": "apiVersion: v1\nkind: Config" };
        const { platform } = settingsOf({ values, secretKeys: ["hysds:kubeconfig"] });
        const kubeconfig = platform.kind === "existing" ? platform.kubeconfig : undefined;
        expect(await pulumi.isSecret(pulumi.output(kubeconfig))).toBe(true);
    });

    it("ignores the configuration of others", () => {
        const values = { ...aws, "aws:profile": "me", "other:key": "x" };
        expect(settingsOf({ values, secretKeys: [] }).stack).toBe("test");
    });
});

const key = fc.constantFrom<string>(...keys);
const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom("", "[]", "{}", "0", "-1", "true", "null"),
);

describe("whatever is configured", () => {
    it("an unknown key is refused by its name", () => {
        const unknown = fc
            .stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,20}$/)
            .filter((name) => !keys.some((known) => known === name));
        fc.assert(
            fc.property(unknown, fc.string(), (name, value) => {
                const error = errorOf({
                    values: { ...aws, [`hysds:${name}`]: value },
                    secretKeys: [],
                });
                expect(error.problems.map((problem) => problem.key)).toEqual([`hysds:${name}`]);
                expect(error.message).toContain(`pulumi config rm hysds:${name} --stack test`);
            }),
        );
    });

    it("the answer is settings, or problems that each come with a command", () => {
        fc.assert(
            fc.property(
                fc.dictionary(
                    key.map((name) => `hysds:${name}`),
                    anything,
                    { maxKeys: 6 },
                ),
                (values) => {
                    const result = parseSettings({ ...aws, ...values }, "test");
                    if (result instanceof ConfigurationError) {
                        expect(result.problems.length).toBeGreaterThan(0);
                        result.problems.forEach(({ fixes }) =>
                            expect(fixes.length).toBeGreaterThan(0),
                        );
                    } else {
                        expect(result.stack).toBe("test");
                    }
                },
            ),
        );
    });

    it("no encrypted value is shown", () => {
        const secret = "correct-horse-battery-staple";
        fc.assert(
            fc.property(fc.oneof(key, fc.constant("unknown")), (name) => {
                const full = `hysds:${name}`;
                const result = parseSettings({ ...aws, [full]: secret }, "test", [full]);
                if (result instanceof ConfigurationError) {
                    expect(result.message).toContain(full);
                    expect(result.message).not.toContain(secret);
                }
            }),
        );
    });
});

describe("quantities", () => {
    const factors = {
        Ki: 2 ** 10,
        Mi: 2 ** 20,
        Gi: 2 ** 30,
        Ti: 2 ** 40,
        k: 1e3,
        M: 1e6,
        G: 1e9,
        T: 1e12,
    };

    it("of memory are bytes times their unit", () => {
        const unit = fc.constantFrom(...(Object.keys(factors) as (keyof typeof factors)[]));
        fc.assert(
            fc.property(fc.nat(4096), unit, (count, name) => {
                expect(memoryBytes(`${count}${name}`)).toBe(count * factors[name]);
            }),
        );
    });

    it("of CPU mean the same in thousandths as in cores", () => {
        fc.assert(
            fc.property(fc.nat(64_000), (thousandths) => {
                expect(cpuCores(`${thousandths}m`)).toBeCloseTo(
                    cpuCores(String(thousandths / 1000)) ?? -1,
                    9,
                );
            }),
        );
    });

    it.each(["512m", "4GB", "-1Gi", "1 Gi", "", "Gi"])("do not take %j for memory", (text) => {
        expect(memoryBytes(text)).toBeUndefined();
    });
});
