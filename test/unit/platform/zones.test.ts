import { describe, expect, it } from "vitest";
import { createPlatform } from "../../../components/platform";
import {
    acceptedSubnets,
    acceptedZones,
    GivenSubnet,
} from "../../../components/platform/aws/zones";
import { NetworkSettings } from "../../../components/settings/settings";
import { registered } from "../../support/mocks";
import { awsPlatform, awsSettings } from "../../support/settings";

/** Zones of an account in us-east-1, in which the second is the one without EKS. */
const ACCOUNT: ReadonlyMap<string, string> = new Map([
    ["us-east-1a", "use1-az6"],
    ["us-east-1b", "use1-az3"],
    ["us-east-1c", "use1-az1"],
]);

function zones(availabilityZones: number, ...zoneNames: string[]): readonly string[] {
    return acceptedZones({ availabilityZones, zoneNames }, ACCOUNT);
}

describe("the zones of a VPC", () => {
    it("are those of the settings, or the first of the account", () => {
        expect(zones(2, "us-east-1c", "us-east-1a")).toEqual(["us-east-1c", "us-east-1a"]);
        expect(zones(1)).toEqual(["us-east-1a"]);
    });

    it("are refused where EKS makes no cluster, with the commands that choose others", () => {
        const message =
            "us-east-1b is use1-az3, which EKS refuses. Choose others, before the stack is made first: " +
            "pulumi config set --path 'hysds:zoneNames[0]' us-east-1a && " +
            "pulumi config set --path 'hysds:zoneNames[1]' us-east-1c";
        expect(() => zones(2)).toThrow(message);
        expect(() => zones(2, "us-east-1a", "us-east-1b")).toThrow("use1-az3");
    });

    it("are refused where the account has none of the name", () => {
        expect(() => zones(2, "us-east-1a", "us-east-1f")).toThrow(
            "us-east-1f is no zone of this account",
        );
    });

    it("are given to the VPC by name", async () => {
        const network = awsPlatform().network as Extract<NetworkSettings, { kind: "new" }>;
        const zoneNames = ["us-west-2b", "us-west-2d", "us-west-2a"];
        const platform = awsPlatform({ network: { ...network, zoneNames } });
        const stack = await registered(() => void createPlatform(awsSettings({ platform })));
        const vpc = stack.inputs("awsx:ec2:Vpc");
        expect(vpc).toMatchObject({ availabilityZoneNames: zoneNames });
        expect(vpc).not.toHaveProperty("numberOfAvailabilityZones");
    });
});

describe("the subnets of an existing VPC", () => {
    const network = {
        vpcId: "vpc-1",
        privateSubnetIds: ["subnet-a", "subnet-b"],
        publicSubnetIds: ["subnet-c"],
    };
    const subnet = (id: string, zone: string): GivenSubnet => ({
        id,
        zone,
        zoneId: ACCOUNT.get(zone) ?? "",
    });
    const elsewhere = subnet("subnet-c", "us-east-1c");

    it("are taken in two zones with EKS", () => {
        const subnets = [subnet("subnet-a", "us-east-1a"), subnet("subnet-b", "us-east-1c")];
        expect(acceptedSubnets(network, [...subnets, elsewhere])).toHaveLength(3);
    });

    it("are refused in a zone without EKS, and in one zone alone, all at once", () => {
        const subnets = [subnet("subnet-a", "us-east-1b"), subnet("subnet-b", "us-east-1b")];
        const message =
            "subnet-a is in us-east-1b, which is use1-az3, without EKS; " +
            "subnet-b is in us-east-1b, which is use1-az3, without EKS; " +
            "all of hysds:privateSubnetIds are in us-east-1b: EKS needs two zones. Name other subnets";
        expect(() => acceptedSubnets(network, [...subnets, elsewhere])).toThrow(message);
    });

    it("are looked up, the public ones too", async () => {
        const platform = awsPlatform({ network: { kind: "existing", ...network } });
        const asked: unknown[] = [];
        const answers = {
            "aws:ec2/getSubnet:getSubnet": ({ id }: Record<string, unknown>) => {
                asked.push(id);
                const zone = id === "subnet-a" ? "us-east-1a" : "us-east-1c";
                return { availabilityZone: zone, availabilityZoneId: ACCOUNT.get(zone) };
            },
        };
        await registered(() => void createPlatform(awsSettings({ platform })), undefined, answers);
        expect(asked).toEqual(["subnet-a", "subnet-b", "subnet-c"]);
    });
});
