import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { renderChart } from "../../../workshop/bench/autoscaling/chart";
import { DEFAULT_TUNING, poolScenario } from "../../../workshop/bench/autoscaling/pool";
import { QueueScaler } from "../../../workshop/bench/autoscaling/queue-scaler";
import { TIMING } from "../../../workshop/bench/autoscaling/scenario";
import { Outcome, Sample, simulate } from "../../../workshop/bench/autoscaling/simulate";
import {
    cheapestFastEnough,
    isOnParetoFront,
    neighbours,
    score,
} from "../../../workshop/bench/autoscaling/sweep";
import { Job, burstTrace } from "../../../workshop/bench/autoscaling/trace";

const scenario = poolScenario(DEFAULT_TUNING);
const { minReplicaCount, maxReplicaCount } = scenario.rules;

function checkRun(trace: readonly Job[], outcome: Outcome, most = maxReplicaCount): void {
    const { records, samples } = outcome;
    expect(records.map(({ starts }) => starts)).toEqual(trace.map(() => 1));
    expect(records.map(({ startedAt, endedAt }) => endedAt - startedAt)).toEqual(
        trace.map(({ duration }) => duration),
    );
    expect(trace.filter(({ id, arrival }) => arrival > (records[id]?.startedAt ?? -1))).toEqual([]);
    const isWithin = ({ replicas, nodes }: Sample): boolean =>
        replicas >= minReplicaCount && replicas <= most && nodes <= scenario.nodes.max;
    expect(samples.filter((sample) => !isWithin(sample))).toEqual([]);
    expect(samples.at(-1)).toMatchObject({ depth: 0, replicas: 0, pods: 0, nodes: 0 });
}

describe("the replay of 10,000 jobs", () => {
    const trace = burstTrace();
    let outcome: Outcome;

    beforeAll(() => {
        outcome = simulate(trace, scenario);
    });

    it("starts every job once, lets it end, stays within its bounds and ends with nothing", () => {
        checkRun(trace, outcome);
    });

    it("reaches the most and goes to zero between bursts", () => {
        const { samples } = outcome;
        expect(Math.max(...samples.map(({ replicas }) => replicas))).toBe(maxReplicaCount);
        const pauses = samples.filter(
            ({ replicas }, index) => replicas === 0 && samples[index - 1]?.replicas !== 0,
        );
        expect(pauses.length).toBeGreaterThanOrEqual(3);
    });

    it("asks busy workers to end, and each finishes its job", () => {
        expect(outcome.endedBusy).toBeGreaterThan(0);
    });

    it("gives the same result every time", () => {
        const again = simulate(burstTrace(), scenario);
        expect(again.samples).toEqual(outcome.samples);
        expect(renderChart(outcome.samples, "A day")).toContain("<svg");
    });
});

describe("the defaults", () => {
    it("are the cheapest of their neighbours that are fast enough, on the Pareto front", () => {
        const traces = [1, 2, 3].map((seed) => burstTrace(10_000, seed));
        const own = score(DEFAULT_TUNING, traces);
        const scores = [own, ...neighbours(DEFAULT_TUNING).map((one) => score(one, traces))];
        expect(cheapestFastEnough(scores).tuning).toEqual(DEFAULT_TUNING);
        expect(isOnParetoFront(own, scores)).toBe(true);
    });
});

describe("any trace", () => {
    it("loses no job, starts none twice and ends with nothing", () => {
        const jobs = fc.array(
            fc.record({
                arrival: fc.integer({ min: 0, max: 5_000 }),
                duration: fc.integer({ min: 1, max: 4_000 }),
            }),
            { minLength: 1, maxLength: 60 },
        );
        fc.assert(
            fc.property(jobs, fc.integer({ min: 1, max: 40 }), (drawn, most) => {
                const trace = drawn
                    .sort((one, other) => one.arrival - other.arrival)
                    .map((job, id) => ({ id, ...job }));
                const rules = { ...scenario.rules, maxReplicaCount: most };
                checkRun(trace, simulate(trace, { ...scenario, rules }), most);
            }),
            { numRuns: 25 },
        );
    });
});

describe("the scaling of a queue", () => {
    const { pollingInterval, cooldownPeriod } = scenario.rules;

    it("starts one pod at KEDA's next look, and all that are needed at the autoscaler's", () => {
        const scaler = new QueueScaler({ ...scenario.rules, pollingInterval: 10 }, TIMING);
        expect(scaler.decide(9, 50, 0)).toBe(0);
        expect(scaler.decide(10, 50, 0)).toBe(1);
        expect(scaler.decide(15, 50, 1)).toBe(50);
        expect(scaler.decide(30, 5_000, 50)).toBe(maxReplicaCount);
    });

    it("never asks for fewer workers than have jobs", () => {
        const scaler = new QueueScaler(scenario.rules, TIMING);
        for (let at = 0, replicas = 200; at < 3_600; at++) {
            const busy = 200 - Math.floor(at / 20);
            replicas = scaler.decide(at, busy, replicas);
            expect(replicas).toBeGreaterThanOrEqual(busy);
        }
    });

    it("keeps its last worker while it has a job, and for the cooldown after it", () => {
        const scaler = new QueueScaler(scenario.rules, TIMING);
        let replicas = 1;
        const end = 20 * pollingInterval;
        const last = (depth: number, at: number): number =>
            (replicas = scaler.decide(at, depth, replicas));
        for (let at = 0; at <= end; at++) {
            expect(last(1, at)).toBe(1);
        }
        for (let at = end + 1; at <= end + cooldownPeriod; at++) {
            expect(last(0, at)).toBe(1);
        }
        expect(
            last(0, end + Math.ceil((cooldownPeriod + 1) / pollingInterval) * pollingInterval),
        ).toBe(0);
    });

    it("leaves a depth within the autoscaler's tolerance as it is", () => {
        const scaler = new QueueScaler(scenario.rules, TIMING);
        expect(scaler.decide(15, 109, 100)).toBe(100);
        expect(scaler.decide(30, 112, 100)).toBe(112);
    });
});
