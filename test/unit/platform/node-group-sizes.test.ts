import { describe, expect, it } from "vitest";
import { createPlatform } from "../../../components/platform";
import { sizeToKeep } from "../../../components/platform/aws/node-group-sizes";
import { AwsPlatformSettings } from "../../../components/settings/settings";
import { Registered, registered } from "../../support/mocks";
import { awsPlatform, awsSettings } from "../../support/settings";

const GROUP = "aws:eks/nodeGroup:NodeGroup";

/** Node groups of a cluster whose job nodes are many at the moment, by their physical names. */
const LIVE: Readonly<Record<string, number>> = {
    "hysds-prod-nodes-services-0123abc": 3,
    "hysds-prod-nodes-jobs-4567def": 5,
};

function platformWith(change: Partial<AwsPlatformSettings>): Promise<Registered> {
    const answers = {
        "aws:eks/getNodeGroups:getNodeGroups": () => ({ names: Object.keys(LIVE) }),
        "aws:eks/getNodeGroup:getNodeGroup": ({ nodeGroupName }: Record<string, unknown>) => ({
            nodeGroupName,
            scalingConfigs: [{ desiredSize: LIVE[String(nodeGroupName)] }],
        }),
    };
    const settings = awsSettings({ platform: awsPlatform(change) });
    return registered(() => void createPlatform(settings), undefined, answers);
}

function scalingOf(stack: Registered, group: string): unknown {
    return stack.inputs(GROUP, `hysds-prod-nodes-${group}`).scalingConfig;
}

const CLUSTER_AUTOSCALER = { kind: "cluster-autoscaler", idleMinutes: 2 } as const;
const { jobNodes } = awsPlatform();

describe("the number of nodes of a group", () => {
    it("is the autoscaler's while one runs, when its limits change too", async () => {
        const stack = await platformWith({
            nodeAutoscaler: CLUSTER_AUTOSCALER,
            jobNodes: { ...jobNodes, minSize: 1, maxSize: 20 },
        });
        expect(scalingOf(stack, "jobs")).toEqual({ minSize: 1, desiredSize: 5, maxSize: 20 });
    });

    it("is the settings' without an autoscaler", async () => {
        const stack = await platformWith({
            nodeAutoscaler: { kind: "none" },
            jobNodes: { ...jobNodes, minSize: 4, maxSize: 20 },
        });
        expect(scalingOf(stack, "jobs")).toEqual({ minSize: 4, desiredSize: 4, maxSize: 20 });
    });

    it("is never beyond the limits, which EKS would refuse", () => {
        const live = new Map([["nodes-jobs-0123abc", 5]]);
        const size = (minSize: number, maxSize: number): number =>
            sizeToKeep("nodes-jobs", ["nodes-jobs"], live, { minSize, maxSize });
        expect([size(0, 3), size(0, 9), size(7, 9)]).toEqual([3, 5, 7]);
    });

    it("is not that of a group whose name begins with its own", () => {
        const names = ["nodes-jobs", "nodes-jobs-large"];
        const live = new Map([
            ["nodes-jobs-0123abc", 2],
            ["nodes-jobs-large-4567def", 8],
        ]);
        const limits = { minSize: 0, maxSize: 9 };
        expect(names.map((name) => sizeToKeep(name, names, live, limits))).toEqual([2, 8]);
    });

    it("is the minimum while there is no group", () => {
        expect(sizeToKeep("nodes-jobs", [], new Map(), { minSize: 2, maxSize: 9 })).toBe(2);
    });
});
