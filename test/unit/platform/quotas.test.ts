import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it, vi } from "vitest";
import { accepted, Refusals, refusalsOf } from "../../../components/platform/aws/account-checks";
import { beyondQuotas } from "../../../components/platform/aws/quotas";
import { quotaNeeds, QuotaSettings, vcpuQuota } from "../../../components/platform/aws/quota-needs";
import { JobNodeGroupSettings } from "../../../components/settings/settings";
import { SAR_POOL } from "../../support/hysds";
import { registered } from "../../support/mocks";
import { awsPlatform, awsSettings } from "../../support/settings";

const STANDARD = "L-1216C47A";
const SPOT = "L-34B43A08";
const VPCS = "L-F678F1CE";
const ADDRESSES = "L-0263D0A3";

const { jobNodes } = awsPlatform();
const autoscaled = { kind: "cluster-autoscaler", idleMinutes: 2 } as const;
const VCPUS = new Map([
    ["m7i.xlarge", 4],
    ["m6gd.4xlarge", 16],
    ["m6gd.2xlarge", 8],
    ["g5.2xlarge", 8],
]);

/** Least and most by code, of a stack with two service nodes of four vCPUs, and these job nodes. */
function needs(
    jobs: Partial<JobNodeGroupSettings>,
    changes: Partial<QuotaSettings> = {},
): Record<string, [least: number, most: number]> {
    const settings = awsSettings();
    const platform = awsPlatform({
        jobNodes: { ...jobNodes, ...jobs },
        nodeAutoscaler: autoscaled,
        ...changes.platform,
    });
    const found = quotaNeeds({ ...settings, ...changes, platform }, VCPUS);
    return Object.fromEntries(found.map(({ quota, least, most }) => [quota.code, [least, most]]));
}

describe("what a stack needs of its account", () => {
    it("is the vCPUs of all nodes that share a quota, at least and at most", () => {
        expect(needs({ minSize: 1, maxSize: 10 })).toEqual({
            [STANDARD]: [2 * 4 + 16, 6 * 4 + 10 * 16],
            [VPCS]: [1, 1],
            [ADDRESSES]: [3, 3],
        });
    });

    it("is of the smallest and of the largest type, of which EC2 chooses one", () => {
        const instanceTypes = ["m6gd.4xlarge", "m6gd.2xlarge"];
        const capacityType = "SPOT" as const;
        const found = needs({ instanceTypes, capacityType, minSize: 1, maxSize: 10 });
        expect(found[SPOT]).toEqual([8, 160]);
        expect(found[STANDARD]).toEqual([8, 24]);
    });

    it("can't be told at the least of types with different quotas", () => {
        const found = needs({ instanceTypes: ["g5.2xlarge", "m6gd.4xlarge"], minSize: 1 });
        expect(found[STANDARD]).toEqual([8, 24 + 96]);
        expect(found["L-DB2E81BA"]).toEqual([0, 48]);
    });

    it("grows with worker pools that have nodes of their own", () => {
        const pool = { ...SAR_POOL, spot: true, maxReplicas: 5 };
        const hysds = { ...awsSettings().hysds, workers: [pool] };
        expect(needs({}, { hysds })[SPOT]).toEqual([0, 80]);
    });

    it("does not grow where nothing adds nodes", () => {
        const platform = awsPlatform({ nodeAutoscaler: { kind: "none" } });
        expect(needs({}, { platform })[STANDARD]).toEqual([8, 8]);
    });

    it("has neither VPC nor addresses where the VPC is given, and load balancers as asked", () => {
        const platform = awsPlatform({
            network: {
                kind: "existing",
                vpcId: "vpc-1",
                privateSubnetIds: ["subnet-a", "subnet-b"],
                publicSubnetIds: [],
            },
        });
        const ingress = {
            ...awsSettings().ingress,
            kind: "load-balancer",
            mozartLoadBalancer: true,
        } as const;
        const found = needs({}, { platform, ingress });
        expect(Object.keys(found)).toEqual([STANDARD, "L-69A177A2"]);
        expect(found["L-69A177A2"]).toEqual([2, 2]);
    });
});

it.each([
    ["im4gn.large", STANDARD],
    ["inf2.xlarge", "L-1945791B"],
    ["gr6.4xlarge", "L-DB2E81BA"],
    ["trn1.2xlarge", "L-2C3B7624"],
    ["hpc7a.96xlarge", undefined],
    ["u-6tb1.metal", undefined],
])("%s counts against %s", (instanceType, code) => {
    expect(vcpuQuota(instanceType, "ON_DEMAND")?.code).toBe(code);
});

type Answers = NonNullable<Parameters<typeof registered>[2]>;

describe("a stack in its account", () => {
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
    afterEach(() => warn.mockClear());
    const warnings = (): string => warn.mock.calls.map(([message]) => message).join("\n");

    const RUNNING = { version: "1.35", endpointPublicAccess: false };

    /** What is refused of a stack that needs 8 vCPUs at first, and 120 at its most. */
    async function refusals(
        quotas: Record<string, number>,
        answers: Answers = {},
        live?: typeof RUNNING,
        jobs: Partial<JobNodeGroupSettings> = {},
    ): Promise<string> {
        const platform = awsPlatform({
            nodeAutoscaler: autoscaled,
            jobNodes: { ...jobNodes, ...jobs },
        });
        const settings = { ...awsSettings(), platform };
        // The SDK's end of a program does not wait for answers that no resource waits for.
        let answered: (refusals: Refusals) => void = () => undefined;
        const promise = new Promise<Refusals>((resolve) => (answered = resolve));
        const build = (): void => {
            beyondQuotas("hysds-prod", settings, pulumi.output(live), {}).apply(answered);
        };
        await registered(build, undefined, {
            "aws:servicequotas/getServiceQuota:getServiceQuota": ({ quotaCode }) => ({
                value: quotas[quotaCode as string] ?? 1000,
                region: "us-west-2",
            }),
            ...answers,
        });
        return (await promise).join("\n");
    }

    /** VPCs and addresses of the account: all, and those that the stack has left or made. */
    function having(
        all: number,
        own: { vpcs: number; addresses: number; gateways: number },
    ): Answers {
        const some = (count: number): string[] =>
            Array.from({ length: count }, (_, index) => `id-${index}`);
        const isOwn = (wanted: unknown, name: string): boolean =>
            JSON.stringify(wanted)?.includes(`"${name}"`) ?? false;
        return {
            "aws:ec2/getVpcs:getVpcs": ({ tags }) => ({
                ids: some(isOwn(tags, "hysds-prod-vpc") ? own.vpcs : all),
            }),
            "aws:ec2/getEips:getEips": ({ filters }) => ({
                allocationIds: some(isOwn(filters, "hysds-prod-vpc-3") ? own.addresses : all),
            }),
            "aws:ec2/getNatGateways:getNatGateways": () => ({ ids: some(own.gateways) }),
        };
    }
    const NONE = { vpcs: 0, addresses: 0, gateways: 0 };
    const FULL = { [VPCS]: 5, [ADDRESSES]: 5 };

    it("is silent where the quotas hold it at its most", async () => {
        expect(await refusals({ [STANDARD]: 120 })).toBe("");
        expect(warnings()).toBe("");
    });

    it("is warned of what it can't grow to, with the request for more", async () => {
        expect(await refusals({ [STANDARD]: 100 })).toBe("");
        expect(warnings()).toContain("nodes may grow to 120 vCPUs");
        expect(warnings()).toContain(
            "aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-1216C47A " +
                "--desired-value 120 --region us-west-2",
        );
    });

    it("is refused where its first nodes would not start, running or not", async () => {
        const message =
            /limited to 5 in this account: the stack needs 8 vCPUs .* --desired-value 120 /;
        expect(await refusals({ [STANDARD]: 5 })).toMatch(message);
        expect(await refusals({ [STANDARD]: 5 }, {}, RUNNING)).toMatch(message);
        expect(warnings()).toBe("");
    });

    it("is refused where the account is full of others' VPCs and addresses, all at once", async () => {
        const found = await refusals({ [VPCS]: 4, [ADDRESSES]: 5 }, having(4, NONE));
        expect(found).toContain(
            "VPCs per Region (L-F678F1CE) are limited to 4 in this account, which has 4: the stack needs 1 more",
        );
        expect(found).toMatch(/needs 3 more .* --quota-code L-0263D0A3 --desired-value 7 /);
    });

    it("counts as its own what an update that failed has left", async () => {
        const left = (addresses: number, gateways: number): Answers =>
            having(5, { vpcs: 1, addresses, gateways });
        expect(await refusals(FULL, left(3, 0))).toBe("");
        expect(await refusals(FULL, left(0, 3))).toBe("");
        expect(await refusals(FULL, left(2, 1))).toMatch(/^EC2-VPC Elastic IPs .* needs 1 more/);
    });

    it("is never held up by what is counted while its cluster runs", async () => {
        expect(await refusals(FULL, having(5, NONE), RUNNING)).toBe("");
        expect(warnings()).toContain("needs 3 more");
    });

    it("goes on where quotas can't be read, with one line that names them", async () => {
        const denied: Answers = {
            "aws:servicequotas/getServiceQuota:getServiceQuota": () => {
                throw Object.assign(new Error(), {
                    details:
                        "getting Service Quota: https response error StatusCode: 400, AccessDeniedException: User: " +
                        "arn:aws:iam::1:user/u is not authorized to perform: servicequotas:GetServiceQuota",
                });
            },
        };
        expect(await refusals({}, denied)).toBe("");
        expect(warn).toHaveBeenCalledTimes(1);
        expect(warnings()).toMatch(
            /^Not compared .*: Running On-Demand Standard .*, VPCs per Region, EC2-VPC Elastic IPs \(AccessDeniedException: .*GetServiceQuota\)$/,
        );
    });

    it("says which of its nodes no known quota stands for", async () => {
        await refusals({}, {}, undefined, { instanceTypes: ["hpc7a.96xlarge"] });
        expect(warnings()).toContain("Quotas of hpc7a.96xlarge are not compared");
    });
});

describe("checks of the account", () => {
    const refuse = (message: string) => (): never => {
        throw new pulumi.RunError(message);
    };

    it("are told together", () => {
        const checks = [refusalsOf(refuse("no zone")), refusalsOf(() => "fine"), ["no quota"]];
        expect(() => accepted("1.35", checks)).toThrow("no zone\nno quota");
    });

    it("let through what they accept, and other errors", () => {
        expect(accepted("1.35", [[], []])).toBe("1.35");
        expect(() => refusalsOf(() => JSON.parse("{"))).toThrow(SyntaxError);
    });
});
