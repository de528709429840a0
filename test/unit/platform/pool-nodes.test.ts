import { beforeAll, describe, expect, it } from "vitest";
import { createPlatform } from "../../../components/platform";
import { Placement } from "../../../components/platform/platform";
import { poolNodeGroup } from "../../../components/settings/pool-nodes";
import { WorkerPoolSettings } from "../../../components/settings/settings";
import { Registered, registered } from "../../support/mocks";
import { awsPlatform, awsSettings } from "../../support/settings";
import { SAR_POOL } from "../../support/hysds";

const GROUP = "aws:eks/nodeGroup:NodeGroup";
const { jobNodes } = awsPlatform();

const SHARING: WorkerPoolSettings = { ...SAR_POOL, name: "sharing", queue: "sharing" };
const SPOT: WorkerPoolSettings = { ...SAR_POOL, name: "spot", queue: "spot", spot: true };
const LARGE: WorkerPoolSettings = {
    ...SAR_POOL,
    name: "large",
    queue: "large",
    instanceTypes: ["r7i.8xlarge"],
};

/** Whether a pod of this placement may run on a node with these labels and taints. */
function admits(
    { nodeSelector = {}, tolerations = [] }: Placement,
    node: { labels: Record<string, string>; taints: { key: string; value: string }[] },
): boolean {
    return (
        Object.entries(nodeSelector).every(([key, value]) => node.labels[key] === value) &&
        node.taints.every((taint) =>
            tolerations.some(
                ({ key, value, operator }) =>
                    key === taint.key && (operator === "Exists" || value === taint.value),
            ),
        )
    );
}

describe("a worker pool on AWS", () => {
    let stack: Registered;
    const placements: Record<string, Placement> = {};

    beforeAll(async () => {
        const { hysds } = awsSettings();
        const workers = [SHARING, SPOT, LARGE];
        stack = await registered(() => {
            const platform = createPlatform(awsSettings({ hysds: { ...hysds, workers } }));
            for (const pool of workers) {
                placements[pool.name] = platform.poolPlacement(pool);
            }
            placements.jobs = platform.jobPlacement;
            placements.agents = platform.jobAgentPlacement;
            placements.services = platform.servicePlacement;
        });
    });

    it("has a node group of its own where it says which nodes, and no other has", () => {
        const names = stack.ofType(GROUP).map(({ name }) => name);
        expect(names.sort()).toEqual([
            "hysds-prod-nodes-jobs",
            "hysds-prod-nodes-large",
            "hysds-prod-nodes-services",
            "hysds-prod-nodes-spot",
        ]);
        expect(stack.inputs(GROUP, "hysds-prod-nodes-spot")).toMatchObject({
            capacityType: "SPOT",
            instanceTypes: jobNodes.instanceTypes,
            scalingConfig: { minSize: 0, maxSize: SAR_POOL.maxReplicas },
        });
        expect(stack.inputs(GROUP, "hysds-prod-nodes-large")).toMatchObject({
            capacityType: "ON_DEMAND",
            instanceTypes: ["r7i.8xlarge"],
            amiType: "AL2023_x86_64_STANDARD",
        });
    });

    it.each([
        ["services", ["services"]],
        ["jobs", ["jobs"]],
        ["sharing", ["jobs"]],
        ["spot", ["spot"]],
        ["large", ["large"]],
        ["agents", ["jobs", "large", "spot"]],
    ])("%s run on nodes of %j, and on no others", (name, groups) => {
        const admitted = stack
            .ofType(GROUP)
            .filter(({ name: group }) => {
                const { labels, taints = [] } = stack.inputs(GROUP, group);
                const node = { labels, taints } as Parameters<typeof admits>[1];
                return admits(placements[name] ?? {}, node);
            })
            .map(({ name: group }) => group.replace("hysds-prod-nodes-", ""));
        expect(admitted.sort()).toEqual(groups);
    });
});

describe("a worker pool on an existing cluster", () => {
    it("keeps to the nodes that have its labels", async () => {
        await registered(() => {
            const platform = createPlatform(
                awsSettings({ platform: { kind: "existing", clusterDomain: "cluster.local" } }),
            );
            const nodeSelector = { "example.org/gpu": "true" };
            expect(platform.poolPlacement({ ...SAR_POOL, nodeSelector })).toEqual({ nodeSelector });
            expect(platform.poolPlacement(SAR_POOL)).toEqual({});
        });
    });
});

describe("nodes of a pool's own", () => {
    it("have a disk for the work of its jobs, on the instance store where there is one", () => {
        expect(poolNodeGroup({ ...LARGE, diskGiB: 300 }, jobNodes)).toMatchObject({
            workDisk: "ebs",
            diskGiB: 410,
        });
        expect(poolNodeGroup(SPOT, jobNodes)?.workDisk).toBe("nvme");
    });

    it("are bought as the job nodes are, unless the pool says otherwise", () => {
        const spotty = { ...jobNodes, capacityType: "SPOT" as const };
        expect(poolNodeGroup(LARGE, spotty)?.capacityType).toBe("SPOT");
        expect(poolNodeGroup({ ...LARGE, spot: false }, spotty)?.capacityType).toBe("ON_DEMAND");
    });
});
