import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { partAt } from "../../../components/settings/shown-value";
import { Settings } from "../../../components/settings/settings";
import { readStackConfiguration } from "../../../workshop/plan/stack-configuration";
import { settingsOf } from "./pulumi-config";

const root = path.resolve(__dirname, "../../..");

function stack(name: string): Settings {
    return settingsOf(readStackConfiguration(root, name), name);
}

const dev = stack("dev");
const prod = stack("prod");
const local = stack("local");

describe("the stacks dev and prod", () => {
    it.each([
        ["protect", false, true],
        ["environment", "dev", "prod"],
        ["namePrefix", "hysds-dev", "hysds-prod"],
        ["platform.network.availabilityZones", 2, 3],
        ["platform.network.natGateways", "single", "per-zone"],
        ["platform.cluster.endpointClosesAfterFirstUp", false, true],
        ["platform.cluster.logRetentionDays", 7, 365],
        ["platform.jobNodes.capacityType", "SPOT", "ON_DEMAND"],
        ["backends.redis.nodeCount", 1, 2],
        ["backends.redis.automaticFailover", false, true],
        ["backends.redis.snapshotRetentionDays", 1, 7],
        ["backends.redis.layout", "shared", "separate"],
        ["backends.rabbitmq.deploymentMode", "SINGLE_INSTANCE", "CLUSTER_MULTI_AZ"],
        ["backends.search.instanceCount", 1, 3],
        ["backends.search.availabilityZones", 1, 3],
        ["backends.search.dedicatedMasterCount", 0, 3],
        ["hysds.size", "small", "standard"],
        ["hysds.parallelismPercent", 25, 100],
        ["hysds.venue", "dev", "prod"],
    ])("differ in %s: %s and %s", (at, inDev, inProd) => {
        expect(partAt(dev, at.split("."))).toEqual(inDev);
        expect(partAt(prod, at.split("."))).toEqual(inProd);
    });

    it.each([
        "platform.kind",
        "platform.cluster.version",
        "backends.kind",
        "backends.search.engine",
        "images.tag",
    ])("agree in %s, so that dev tries out what prod runs", (at) => {
        expect(partAt(dev, at.split("."))).toEqual(partAt(prod, at.split(".")));
    });

    it("grow with demand: every node group of prod may be larger than dev's", () => {
        const sizes = ({ platform }: Settings): readonly number[] =>
            platform.kind === "aws"
                ? [platform.serviceNodes.maxSize, platform.jobNodes.maxSize]
                : [];
        sizes(prod).forEach((size, group) =>
            expect(size).toBeGreaterThan(sizes(dev)[group] ?? Infinity),
        );
    });
});

describe("the stack local", () => {
    it("needs nothing of AWS", () => {
        expect(local.platform).toEqual({ kind: "existing", clusterDomain: "cluster.local" });
        const { redis, rabbitmq, search } = local.backends;
        for (const { location } of [redis, rabbitmq, search]) {
            expect(location.kind).toBe("in-cluster");
        }
        expect(local.ingress).toMatchObject({ kind: "none", tls: "none" });
    });

    it("runs one small search cluster", () => {
        expect(local.hysds.size).toBe("small");
        expect(local.backends.search).toMatchObject({ layout: "shared", memoryMiB: 1536 });
    });

    it("can be destroyed", () => {
        expect(local.protect).toBe(false);
    });
});
