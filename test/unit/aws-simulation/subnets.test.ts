import { describe, expect, it } from "vitest";
import { planSubnets } from "../../../workshop/aws-simulation/components/subnets";

describe("planSubnets", () => {
    it("gives every zone an equal share and lays subnets out on their own boundaries", () => {
        const plan = planSubnets({
            vpcName: "v",
            cidrBlock: "10.0.0.0/16",
            zones: ["a", "b"],
            zoneMask: 18,
            specs: [
                { type: "Private", cidrMask: 19 },
                { type: "Public", cidrMask: 21 },
            ],
        });
        expect(plan.map(({ resourceName, cidrBlock }) => [resourceName, cidrBlock])).toEqual([
            ["v-private-1", "10.0.0.0/19"],
            ["v-public-1", "10.0.32.0/21"],
            ["v-private-2", "10.0.64.0/19"],
            ["v-public-2", "10.0.96.0/21"],
        ]);
    });

    it("refuses subnets that do not fit", () => {
        const specs = [
            { type: "Private", cidrMask: 16 },
            { type: "Public", cidrMask: 20 },
        ];
        expect(() =>
            planSubnets({ vpcName: "v", cidrBlock: "10.0.0.0/16", zones: ["a"], specs }),
        ).toThrow("Subnets are too large for VPC");
    });
});
