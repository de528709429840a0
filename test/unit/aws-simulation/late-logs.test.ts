import { afterEach, beforeEach, expect, it } from "vitest";
import { AwsSimulation, startAwsSimulation } from "../../../workshop/aws-simulation";
import { Client } from "./support/client";

const LOGS = "aws:cloudwatch/logGroup:LogGroup";
const CLUSTER = "aws:eks/cluster:Cluster";
const GROUP = "/aws/eks/hysds/cluster";

let simulation: AwsSimulation;
let aws: Client;
beforeEach(async () => {
    simulation = await startAwsSimulation();
    aws = new Client(simulation.ports.aws);
    simulation.adopt(CLUSTER, { name: "hysds", enabledClusterLogTypes: ["audit"] }, "hysds");
    await aws.make(LOGS, { name: GROUP, retentionInDays: 30 });
});
afterEach(async () => {
    aws.close();
    await simulation.stop();
});

it("writes the last events of a control plane once more after its log group is gone", async () => {
    await aws.delete(CLUSTER, "hysds");
    await aws.delete(LOGS, GROUP);
    expect(simulation.resources.get(`${LOGS}::${GROUP}`)?.outputs).toMatchObject({
        retentionInDays: 0,
    });
    await expect(aws.make(LOGS, { name: GROUP })).rejects.toThrow("ResourceAlreadyExistsException");
    await aws.delete(LOGS, GROUP);
    expect(simulation.resources.size).toBe(0);
});

it("leaves a log group that is there as it is", async () => {
    await aws.delete(CLUSTER, "hysds");
    expect(simulation.resources.get(`${LOGS}::${GROUP}`)?.inputs.retentionInDays).toBe(30);
});

it("tells which log groups there are", async () => {
    const { logGroupNames } = await aws.invoke("aws:cloudwatch/getLogGroups:getLogGroups", {
        logGroupNamePrefix: "/aws/eks/hysds",
    });
    expect(logGroupNames).toEqual([GROUP]);
});
