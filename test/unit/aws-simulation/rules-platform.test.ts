import { describe, expect, it } from "vitest";
import { SimulatedAccount } from "../../../workshop/aws-simulation/account";
import { refusals } from "../../../workshop/aws-simulation/rules";
import { ADD_ON, CLUSTER, exists, NODES, refusalsOf, Refusal } from "./support/refusals";

it("AWS refuses a cluster in a zone without EKS, which its id tells", () => {
    const account = new SimulatedAccount({
        region: "us-west-1",
        accountId: "123456789012",
        partition: "aws",
        serviceLinkedRoles: [],
    });
    for (const letter of ["a", "b", "c"]) {
        const availabilityZone = `us-west-1${letter}`;
        exists(account, "aws:ec2/subnet:Subnet", `subnet-${letter}`, { availabilityZone });
    }
    const within = (...subnetIds: string[]): string[] =>
        refusalsOf(CLUSTER, { vpcConfig: { subnetIds } }, account);
    expect(within("subnet-a", "subnet-b")).toEqual([
        expect.stringMatching(/because us-west-1b, .*choose from .*: us-west-1a, us-west-1c/),
    ]);
    expect(within("subnet-a", "subnet-c")).toEqual([]);
});

describe("AWS refuses of EKS", () => {
    it.each<[type: string, ...Refusal]>([
        [CLUSTER, "an old version", { version: "1.21" }, "unsupported Kubernetes version"],
        [
            CLUSTER,
            "subnets in one zone",
            { vpcConfig: { subnetIds: ["subnet-a", "subnet-a2"] } },
            "Subnets specified must be in at least two different AZs",
        ],
        [
            CLUSTER,
            "no endpoint",
            { vpcConfig: { subnetIds: ["subnet-a", "subnet-b"], endpointPublicAccess: false } },
            "Private and public endpoint access cannot be false",
        ],
        [
            CLUSTER,
            "a second one of the name",
            { name: "here" },
            "Cluster already exists with name: here",
        ],
        [
            NODES,
            "a minimum above the maximum",
            { scalingConfig: { minSize: 5, desiredSize: 5, maxSize: 4 } },
            "Minimum capacity 5 can't be greater than maximum size 4",
        ],
        [
            NODES,
            "a desired size below the minimum",
            { scalingConfig: { minSize: 2, desiredSize: 1, maxSize: 4 } },
            "Minimum capacity 2 can't be greater than desired size 1",
        ],
        [
            NODES,
            "an instance type that does not exist",
            { instanceTypes: ["m5.gigantic"] },
            "instance types do not exist: [m5.gigantic]",
        ],
        [
            NODES,
            "Kubernetes' spelling of a taint",
            { taints: [{ key: "jobs", effect: "NoSchedule" }] },
            "got NoSchedule",
        ],
        [
            NODES,
            "a release of another version",
            { version: "1.35", releaseVersion: "1.34.2-20261101" },
            "1.34.2-20261101 is not valid for kubernetes version 1.35",
        ],
        [
            NODES,
            "a disk beside a launch template",
            { diskSize: 50, launchTemplate: { id: "lt-1", version: "1" } },
            "Disk size must be specified within the launch template.",
        ],
        [
            ADD_ON,
            "a build that it does not offer",
            { addonVersion: "v1.12.4-eksbuild.99" },
            "Addon version specified is not supported",
        ],
        [NODES, "no cluster", { clusterName: "gone" }, "No cluster found for name: gone."],
    ])("%s: %s", (type, _, change, wording) => {
        expect(refusalsOf(type, change)).toContainEqual(expect.stringContaining(wording));
    });
});

describe("AWS's quotas", () => {
    const account = (quotas: Readonly<Record<string, number>>): SimulatedAccount => {
        const made = new SimulatedAccount({
            region: "us-west-2",
            accountId: "123456789012",
            partition: "aws",
            serviceLinkedRoles: [],
            quotas,
        });
        exists(made, "aws:ec2/subnet:Subnet", "subnet-a", { availabilityZone: "us-west-2a" });
        exists(made, CLUSTER, "here", { name: "here" });
        return made;
    };

    it.each([
        ["aws:ec2/vpc:Vpc", "L-F678F1CE", "VpcLimitExceeded: The maximum number of VPCs"],
        ["aws:ec2/eip:Eip", "L-0263D0A3", "AddressLimitExceeded: The maximum number of addresses"],
    ])("hold so many of %s", (type, code, wording) => {
        const full = account({ [code]: 1 });
        expect(refusalsOf(type, {}, full)).toEqual([]);
        exists(full, type, "first", {});
        expect(refusalsOf(type, {}, full)).toEqual([expect.stringContaining(wording)]);
    });

    it("hold the vCPUs of all nodes that share one, when a group is made and when it grows", () => {
        const scalingConfig = { minSize: 0, desiredSize: 2, maxSize: 4 };
        const nodes = { instanceTypes: ["m7g.xlarge"], scalingConfig };
        const some = account({ "L-1216C47A": 12, "L-34B43A08": 4 });
        expect(refusalsOf(NODES, nodes, some)).toEqual([]);
        exists(some, NODES, "first", { ...nodes, nodeGroupName: "first" });
        expect(refusalsOf(NODES, nodes, some)).toEqual([
            expect.stringContaining("your current vCPU limit of 12 allows"),
        ]);
        expect(refusalsOf(NODES, { ...nodes, capacityType: "SPOT" }, some)).toEqual([
            expect.stringContaining("MaxSpotInstanceCountExceeded"),
        ]);
        const first = { ...nodes, nodeGroupName: "first" };
        const grown = (desiredSize: number): string[] =>
            refusals(NODES, "update", {
                account: some,
                olds: first,
                inputs: { ...first, scalingConfig: { ...scalingConfig, desiredSize } },
            });
        expect(grown(3)).toEqual([]);
        expect(grown(4)).toEqual([expect.stringContaining("VcpuLimitExceeded")]);
    });
});
