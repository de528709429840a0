import { afterEach, beforeEach, expect, it } from "vitest";
import { AwsSimulation, startAwsSimulation } from "../../../workshop/aws-simulation";
import { Properties } from "../../../workshop/aws-simulation/wire/values";
import { Client } from "./support/client";
import { NodeApi } from "./support/node-api";

const NODES = "aws:eks/nodeGroup:NodeGroup";

let api: NodeApi;
let simulation: AwsSimulation;
let aws: Client;
let inputs: Properties;
beforeEach(async () => {
    api = await NodeApi.start();
    simulation = await startAwsSimulation({ kubeconfig: api.kubeconfig });
    aws = new Client(simulation.ports.aws);
    const subnetIds = ["us-west-2a", "us-west-2b"].map((availabilityZone) =>
        simulation.adopt("aws:ec2/subnet:Subnet", { availabilityZone }),
    );
    simulation.adopt("aws:eks/cluster:Cluster", { name: "hysds", vpcConfig: { subnetIds } });
    inputs = {
        clusterName: "hysds",
        nodeGroupName: "jobs",
        nodeRoleArn: "arn:aws:iam::123456789012:role/node",
        subnetIds,
        amiType: "AL2023_ARM_64_STANDARD",
        instanceTypes: ["m7gd.2xlarge"],
        capacityType: "SPOT",
        scalingConfig: { minSize: 0, desiredSize: 2, maxSize: 4 },
        labels: { "hysds.io/pool": "jobs" },
        taints: [{ key: "hysds.io/jobs", value: "true", effect: "NO_SCHEDULE" }],
    };
});
afterEach(async () => {
    aws.close();
    await simulation.stop();
    api.stop();
});

it("brings the nodes of a node group, labelled and tainted, into every zone", async () => {
    await aws.make(NODES, inputs);
    const nodes = [...api.nodes.values()];
    const zones = nodes.map(({ metadata }) => metadata?.labels?.["topology.kubernetes.io/zone"]);
    expect(zones.sort()).toEqual(["us-west-2a", "us-west-2b"]);
    expect(nodes[0]?.metadata?.labels).toMatchObject({
        "hysds.io/pool": "jobs",
        "eks.amazonaws.com/nodegroup": "jobs",
        "eks.amazonaws.com/capacityType": "SPOT",
        "kubernetes.io/arch": "arm64",
        "node.kubernetes.io/instance-type": "m7gd.2xlarge",
    });
    expect(nodes[0]?.spec?.taints).toEqual([
        { key: "hysds.io/jobs", value: "true", effect: "NoSchedule" },
    ]);
    expect(nodes[0]?.metadata?.annotations).toEqual({ "kwok.x-k8s.io/node": "fake" });
});

it("scales and relabels them in place, down to the one that an autoscaler would bring", async () => {
    const { id, outputs, inputs: first } = await aws.make(NODES, inputs);
    const names = [...api.nodes.keys()];
    const smaller = { minSize: 0, desiredSize: 0, maxSize: 4 };
    const news = { ...first, scalingConfig: smaller, labels: { "hysds.io/pool": "other" } };
    await aws.update(NODES, id, outputs, news);
    expect([...api.nodes.keys()]).toEqual([names[0]]);
    const [node] = api.nodes.values();
    expect(node?.metadata?.labels?.["hysds.io/pool"]).toBe("other");
});

it("keeps the size that an autoscaler chose, unless an update changes the limits", async () => {
    const { id, outputs, inputs: first } = await aws.make(NODES, inputs);
    const scalingConfig = { minSize: 0, desiredSize: 4, maxSize: 4 };
    simulation.drift(NODES, id, { scalingConfig });
    await aws.update(NODES, id, outputs, { ...first, labels: { "hysds.io/pool": "other" } });
    expect(simulation.resources.get(`${NODES}::${id}`)?.inputs).toMatchObject({ scalingConfig });
    const limits = { minSize: 0, desiredSize: 2, maxSize: 6 };
    await aws.update(NODES, id, outputs, { ...first, scalingConfig: limits });
    expect(simulation.resources.get(`${NODES}::${id}`)?.inputs).toMatchObject({
        scalingConfig: limits,
    });
});

it("refuses an update that leaves fewer nodes than the minimum", async () => {
    const { id, outputs, inputs: first } = await aws.make(NODES, inputs);
    const scalingConfig = { minSize: 3, desiredSize: 2, maxSize: 4 };
    await expect(aws.update(NODES, id, outputs, { ...first, scalingConfig })).rejects.toThrow(
        "UpdateNodegroupConfig, https response error StatusCode: 400, InvalidParameterException: " +
            "Minimum capacity 3 can't be greater than desired size 2",
    );
});

it("takes them away with the group, and no others", async () => {
    api.nodes.set("stays", { metadata: { name: "stays", labels: {} } });
    const { id } = await aws.make(NODES, inputs);
    await aws.delete(NODES, id);
    expect([...api.nodes.keys()]).toEqual(["stays"]);
});
