import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AwsSimulation, startAwsSimulation } from "../../../workshop/aws-simulation";
import { Client } from "./support/client";

const LOGS = "aws:cloudwatch/logGroup:LogGroup";

let simulation: AwsSimulation;
let aws: Client;
beforeEach(async () => {
    simulation = await startAwsSimulation();
    aws = new Client(simulation.ports.aws);
});
afterEach(async () => {
    aws.close();
    await simulation.stop();
});

describe("faults", () => {
    it("befall the nth call of a kind, once, and nothing is created", async () => {
        simulation.failOn({
            type: LOGS,
            operation: "create",
            nth: 2,
            message: "ThrottlingException",
        });
        await aws.make(LOGS, { name: "/one" });
        await expect(aws.make(LOGS, { name: "/two" })).rejects.toThrow(
            "creating cloudwatch LogGroup (example): ThrottlingException",
        );
        expect([...simulation.resources.values()].map(({ id }) => id)).toEqual(["/one"]);
        await aws.make(LOGS, { name: "/two" });
        expect(simulation.resources.size).toBe(2);
    });

    it("can leave a resource that is there but not ready", async () => {
        simulation.failOn({
            operation: "create",
            message: "timeout while waiting",
            stage: "after",
        });
        const failure: unknown = await aws
            .make(LOGS, { name: "/one" })
            .catch((error: unknown) => error);
        expect(failure).toMatchObject({ details: "timeout while waiting" });
        const details = (failure as { metadata: { get(key: string): Buffer[] } }).metadata.get(
            "grpc-status-details-bin",
        );
        expect(String(details[0])).toContain("ErrorResourceInitFailed");
        expect(simulation.resources.size).toBe(1);
    });

    it("can be slowness, while the resource exists already", async () => {
        simulation.delayOn({ type: LOGS, operation: "create", ms: 300 });
        const start = performance.now();
        const made = aws.make(LOGS, { name: "/slow" });
        await expect.poll(() => simulation.resources.size, { timeout: 250, interval: 5 }).toBe(1);
        await made;
        expect(performance.now() - start).toBeGreaterThanOrEqual(290);
    });

    it("do not count previews", async () => {
        simulation.failOn({ type: LOGS, operation: "create", message: "no" });
        const { inputs } = await aws.check(LOGS, { name: "/one" });
        await aws.create(LOGS, inputs, { preview: true });
        await expect(aws.create(LOGS, inputs)).rejects.toThrow("no");
    });

    it("in functions", async () => {
        const token = "aws:index/getCallerIdentity:getCallerIdentity";
        simulation.failOn({
            type: token,
            operation: "invoke",
            message: "ExpiredToken: The security token included in the request is expired",
        });
        await expect(aws.invoke(token, {})).rejects.toThrow("ExpiredToken");
    });
});
