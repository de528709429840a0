import { describe, expect, it } from "vitest";
import { SimulatedAccount } from "../../../workshop/aws-simulation/account";
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
