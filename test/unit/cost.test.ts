import { describe, expect, it } from "vitest";
import { estimateMonthlyCost } from "../../cost";
import { billingOf, isInAws } from "../../cost/coverage";
import { SPOT_FACTOR } from "../../cost/node-cost";
import { pricedRegions, pricesOf, referencePrices } from "../../cost/prices";
import { costReport, dollars, estimateStack } from "../../workshop/plan/cost";
import { evaluated } from "../support/evaluated";
import { awsPlatform, awsSettings, inClusterBackends, managedBackends } from "../support/settings";

/** Lines of an estimate by name. */
function lines(estimate: ReturnType<typeof estimateMonthlyCost>): Map<string, [number, number]> {
    return new Map(estimate.items.map(({ name, low, high }) => [name, [low, high]]));
}

describe("the estimate of stack dev", () => {
    const estimate = estimateStack("dev")!;

    // From the price pages by hand: 730 hours a month.
    it("is what its parts cost by hand", () => {
        const byHand = {
            "EKS control plane": [73, 73], // 0.10 × 730
            "KMS key of Kubernetes Secrets": [1, 1],
            "Service nodes": [140.16, 420.48], // 2 to 6 × 0.096 × 730
            "Service nodes, root volumes": [16, 48], // 2 to 6 × 100 GiB × 0.08
            "Job nodes": [131.984, 1858.5216], // 1 × 0.452 × 730 × 0.4 to 10 × 0.63648 × 730 × 0.4
            "Job nodes, root volumes": [8, 80],
            "NAT gateways": [32.85, 32.85], // 0.045 × 730
            "Public addresses of NAT gateways": [3.65, 3.65], // 0.005 × 730
            "Interface endpoints": [58.4, 58.4], // 4 × 2 zones × 0.01 × 730
            "Network load balancers": [16.425, 16.425], // 0.0225 × 730
            "ElastiCache for Valkey": [18.688, 18.688], // 0.0256 × 730
            "Amazon MQ for RabbitMQ": [199.582, 199.582], // 0.2734 × 730
            "Amazon MQ storage": [0, 20], // up to 200 GB × 0.10
            "OpenSearch Service, data nodes": [53.29, 53.29], // 0.073 × 730
            "OpenSearch Service, volumes": [6.1, 6.1], // 50 GiB × 0.122
            "KMS key of container logs": [1, 1],
            "KMS key of alarms": [1, 1],
        };
        const priced = lines(estimate);
        for (const [name, [low, high]] of Object.entries(byHand)) {
            expect(priced.get(name)?.[0], name).toBeCloseTo(low!, 6);
            expect(priced.get(name)?.[1], name).toBeCloseTo(high!, 6);
        }
        expect(estimate.low).toBeCloseTo(761.129, 6);
        expect(estimate.high).toBeCloseTo(2891.9866, 6);
        expect(estimate.items.filter(({ kind }) => kind === "priced")).toHaveLength(
            Object.keys(byHand).length,
        );
    });

    it("is an output of the stack that the preview shows", async () => {
        const { outputs } = await evaluated("dev");
        expect(outputs.estimatedMonthlyCost).toMatchObject({
            currency: "USD",
            low: 761,
            high: 2892,
            biggest: { "Amazon MQ for RabbitMQ": 200, "Service nodes": 140 },
        });
    });

    it("is printed line by line, with the days of its prices", async () => {
        const text = costReport(estimate, await evaluated("dev"));
        for (const { name } of estimate.items) {
            expect(text).toContain(name);
        }
        expect(text).toContain("761 to 2,892");
        expect(text).toContain(estimate.pricesTo);
        expect(text).toMatch(/Billed by usage: .*LogGroup/);
    });
});

describe.each(["dev", "prod"])("what stack %s is made of", (stack) => {
    it("has a known price wherever it has an instance type", () => {
        const unknown = estimateStack(stack)!.items.filter(({ kind }) => kind === "unknown");
        expect(unknown).toEqual([]);
    });

    it("is classified, type by type, as priced, billed by usage or free", async () => {
        const { resources } = await evaluated(stack);
        const types = new Set(resources.map(({ type }) => type).filter(isInAws));
        expect(types.size).toBeGreaterThan(15);
        expect([...types].filter((type) => billingOf(type) === undefined)).toEqual([]);
    });
});

describe("a stack without a cloud of its own", () => {
    it("has no estimate", async () => {
        expect(estimateStack("local")).toBeUndefined();
        expect((await evaluated("local")).outputs.estimatedMonthlyCost).toBeUndefined();
    });
});

describe("estimateMonthlyCost", () => {
    it("names what has no known price, and keeps it out of the total", () => {
        const nodes = { ...awsPlatform().serviceNodes, instanceTypes: ["x99.large"] };
        const known = estimateMonthlyCost(awsSettings(), "us-east-1");
        const settings = awsSettings({
            platform: awsPlatform({ serviceNodes: nodes }),
            backends: managedBackends({ redis: { nodeType: "cache.x99.large" } }),
        });
        const estimate = estimateMonthlyCost(settings, "us-east-1");
        const unknown = estimate.items.filter(({ kind }) => kind === "unknown");
        expect(unknown.map(({ name }) => name)).toEqual([
            "Service nodes",
            "ElastiCache for Valkey",
        ]);
        expect(unknown.every(({ low, high }) => low === 0 && high === 0)).toBe(true);
        expect(estimate.low).toBeLessThan(known.low);
        expect(estimate.notes.join(" ")).toContain("Service nodes, ElastiCache for Valkey");
    });

    it("takes prices that a region lacks from the reference region, and says which", () => {
        const reference = estimateMonthlyCost(awsSettings(), "us-east-1");
        const elsewhere = estimateMonthlyCost(awsSettings(), "eu-north-1");
        expect(elsewhere.low).toBeCloseTo(reference.low, 6);
        expect(elsewhere.notes[0]).toMatch(/^At prices of us-east-1, as those of eu-north-1/);
        expect(elsewhere.notes[0]).toContain("ec2");
        expect(reference.notes.join()).not.toContain("At prices of");
        expect(estimateMonthlyCost(awsSettings(), "us-west-2").notes.join()).not.toContain(
            "At prices of",
        );
    });

    it("has GovCloud's own prices of instances", () => {
        const gov = estimateMonthlyCost(awsSettings(), "us-gov-west-1");
        const commercial = estimateMonthlyCost(awsSettings(), "us-east-1");
        expect(lines(gov).get("Service nodes")![0]).toBeGreaterThan(
            lines(commercial).get("Service nodes")![0],
        );
        expect(gov.notes[0]).not.toContain("ec2");
        expect(gov.notes[0]).toContain("search");
    });

    it("takes spot capacity at its share of the on-demand price", () => {
        const { jobNodes } = awsPlatform();
        const cost = (capacityType: "SPOT" | "ON_DEMAND"): number => {
            const platform = awsPlatform({ jobNodes: { ...jobNodes, capacityType } });
            return lines(estimateMonthlyCost(awsSettings({ platform }), "us-east-1")).get(
                "Job nodes",
            )![1];
        };
        expect(cost("SPOT")).toBeCloseTo(SPOT_FACTOR * cost("ON_DEMAND"), 6);
    });

    it("has the nodes of a worker pool's own, from none to as many as it has workers", () => {
        const pool = {
            name: "sar",
            queue: "sar",
            minReplicas: 0,
            maxReplicas: 4,
            timeoutHours: 1,
            cpu: "1",
            memory: "1Gi",
            diskGiB: 10,
            instanceTypes: ["r5d.2xlarge"],
            spot: false,
        };
        const { hysds } = awsSettings();
        const settings = awsSettings({ hysds: { ...hysds, workers: [pool] } });
        const [low, high] = lines(estimateMonthlyCost(settings, "us-east-1")).get(
            "Nodes of pool sar",
        )!;
        expect(low).toBe(0);
        expect(high).toBeCloseTo(4 * 0.576 * 730, 6);
    });

    it("counts domains and replication groups by the layout of the stores", () => {
        const cost = (layout: "shared" | "separate"): Map<string, [number, number]> => {
            const backends = managedBackends({ search: { layout }, redis: { layout } });
            return lines(estimateMonthlyCost(awsSettings({ backends }), "us-east-1"));
        };
        const [shared, separate] = [cost("shared"), cost("separate")];
        const data = "OpenSearch Service, data nodes";
        expect(separate.get(data)![0]).toBeCloseTo(3 * shared.get(data)![0], 6);
        const redis = "ElastiCache for Valkey";
        expect(separate.get(redis)![0]).toBeCloseTo(2 * shared.get(redis)![0], 6);
    });

    it("asks nothing for a network that is there, nor for a load balancer that is not made", () => {
        const network = {
            kind: "existing",
            vpcId: "vpc-0123456789abcdef0",
            privateSubnetIds: ["subnet-0123456789abcdef0"],
            publicSubnetIds: [],
        } as const;
        const settings = awsSettings({ platform: awsPlatform({ network }) });
        const estimate = estimateMonthlyCost(settings, "us-east-1");
        expect(estimate.items.filter(({ group }) => group === "Network")).toEqual([]);
    });

    it("has the keys and the observations of what watches the stack, and none where nothing does", () => {
        const operations = (monitoring: "none" | "cloudwatch" | "prometheus"): string[] => {
            const { observability } = awsSettings();
            const settings = awsSettings({ observability: { ...observability, monitoring } });
            return estimateMonthlyCost(settings, "us-east-1")
                .items.filter(({ group }) => group === "Operations")
                .map(({ name, quantity, low }) => `${name}: ${quantity} ${low}`);
        };
        const always = [
            "KMS requests: $0.03 a 10,000 requests 0",
            "CloudWatch log ingestion: $0.5 a GB 0",
        ];
        expect(operations("none")).toEqual(always);
        expect(operations("prometheus")).toEqual(["KMS key of alarms: 1 1", ...always]);
        expect(operations("cloudwatch")).toEqual([
            "KMS key of container logs: 1 1",
            "KMS key of alarms: 1 1",
            always[0],
            "Container Insights: $0.21 a million observations 0",
            always[1],
        ]);
    });

    it("counts every key that the stack makes", async () => {
        for (const stack of ["dev", "prod"]) {
            const { resources } = await evaluated(stack);
            const keys = estimateStack(stack)!.items.filter(({ name }) =>
                name.startsWith("KMS key"),
            );
            expect(keys.length).toBe(
                resources.filter(({ type }) => type === "aws:kms/key:Key").length,
            );
        }
    });

    it("has volumes in place of services where the stores are in the cluster", () => {
        const backends = inClusterBackends();
        const estimate = estimateMonthlyCost(awsSettings({ backends }), "us-east-1");
        const stores = estimate.items.filter(({ group }) => group === "Stores");
        // Two Redis of 10 GiB, one broker of 10 GiB, three search clusters of 100 GiB, at 0.08.
        expect(stores.map(({ low }) => low)).toEqual([expect.closeTo(26.4, 6)]);
    });
});

describe("the price table", () => {
    it("has a source, a region and a day for every price", () => {
        for (const region of pricedRegions) {
            for (const { source } of Object.values(pricesOf(region))) {
                expect(source.url).toMatch(/^https:\/\/aws\.amazon\.com\//);
                expect(source.asOf).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
                expect(source.region).not.toBe("");
            }
        }
        expect(pricedRegions).toEqual(expect.arrayContaining(["us-east-1", "us-west-2"]));
    });

    it("asks four fifths of Redis for Valkey", () => {
        expect(referencePrices.valkey.hourly["cache.r7g.large"]).toBeCloseTo(0.1752, 6);
        expect(referencePrices.redis.hourly["cache.r7g.large"]).toBeCloseTo(0.219, 6);
    });
});

describe("dollars", () => {
    it("are whole, and one number where there is no range", () => {
        expect(dollars(1234.4, 1234.4)).toBe("1,234");
        expect(dollars(0, 20)).toBe("0 to 20");
    });
});
