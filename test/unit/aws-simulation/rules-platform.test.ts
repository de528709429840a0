import { describe, expect, it } from "vitest";
import { CLUSTER, NODES, refusalsOf, Refusal } from "./support/refusals";

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
            "a disk beside a launch template",
            { diskSize: 50, launchTemplate: { id: "lt-1", version: "1" } },
            "Disk size must be specified within the launch template.",
        ],
        [NODES, "no cluster", { clusterName: "gone" }, "No cluster found for name: gone."],
    ])("%s: %s", (type, _, change, wording) => {
        expect(refusalsOf(type, change)).toContainEqual(expect.stringContaining(wording));
    });
});
