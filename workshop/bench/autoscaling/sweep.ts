import { Tuning, poolScenario } from "./pool";
import { Outcome, simulate } from "./simulate";
import { Job, burstTrace } from "./trace";

/** What one tuning comes to, averaged over the traces. */
export interface Score {
    readonly tuning: Tuning;
    readonly dollars: number;
    /** Seconds until the last job ended. */
    readonly makespan: number;
    /** Seconds from a job's arrival to its start. */
    readonly meanWait: number;
    readonly utilization: number;
    readonly endedBusy: number;
}

/** Traces of different seeds, so that no tuning wins by the luck of one. */
const SEEDS = [1, 2, 3];

/** How much longer than with the fastest tuning jobs may take all together, and wait on average. */
const MAKESPAN_BOUND = 1.01;
const WAIT_BOUND = 1.02;

const FIRST = {
    messagesPerProcess: [1, 2, 4],
    stabilizationSeconds: [0, 60, 180, 300, 600],
    nodeIdleMinutes: [2, 5, 10, 20],
} as const;

const SECOND = {
    pollingSeconds: [5, 15, 30, 60],
    cooldownSeconds: [60, 300, 900],
} as const;

export function sweepTraces(jobs = 10_000): Job[][] {
    return SEEDS.map((seed) => burstTrace(jobs, seed));
}

/** Averages over the traces. */
export function score(tuning: Tuning, traces: readonly Job[][]): Score {
    const scenario = poolScenario(tuning);
    const outcomes = traces.map((trace) => simulate(trace, scenario));
    const mean = (of: (outcome: Outcome) => number): number =>
        outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / outcomes.length;
    return {
        tuning,
        dollars: mean((outcome) => outcome.dollars),
        makespan: mean((outcome) => outcome.makespan),
        meanWait: mean((outcome) => outcome.meanWait),
        utilization: mean((outcome) => outcome.utilization),
        endedBusy: mean((outcome) => outcome.endedBusy),
    };
}

/**
 * The cheapest of those that are fast enough. What is cheaper than it is too slow, so it lies on the Pareto front of
 * cost, makespan and wait.
 *
 * @throws Error when there are none
 */
export function cheapestFastEnough(scores: readonly Score[]): Score {
    const makespan = Math.min(...scores.map((one) => one.makespan)) * MAKESPAN_BOUND;
    const wait = Math.min(...scores.map((one) => one.meanWait)) * WAIT_BOUND;
    const [best] = scores
        .filter((one) => one.makespan <= makespan && one.meanWait <= wait)
        .sort((one, other) => one.dollars - other.dollars || one.meanWait - other.meanWait);
    if (!best) {
        throw new Error("There is no tuning to choose from.");
    }
    return best;
}

/** Whether none is at least as good in all of cost, makespan and wait, and better in one. */
export function isOnParetoFront(candidate: Score, scores: readonly Score[]): boolean {
    const goals = ["dollars", "makespan", "meanWait"] as const;
    return !scores.some(
        (other) =>
            goals.every((goal) => other[goal] <= candidate[goal]) &&
            goals.some((goal) => other[goal] < candidate[goal]),
    );
}

/**
 * Tries what moves cost and speed together in all combinations, then, with the best of these, the two that only matter
 * where a queue runs empty. Gives all scores of both rounds, and the one chosen.
 */
export function sweep(start: Tuning, traces = sweepTraces()): { scores: Score[]; chosen: Score } {
    const first = combinations(FIRST).map((part) => score({ ...start, ...part }, traces));
    const best = cheapestFastEnough(first).tuning;
    const second = combinations(SECOND).map((part) => score({ ...best, ...part }, traces));
    const others = first.filter(({ tuning }) => tuning !== best);
    return { scores: [...others, ...second], chosen: cheapestFastEnough(second) };
}

/** The tunings that differ from one in one number, by one place in what the sweep tries. */
export function neighbours(tuning: Tuning): Tuning[] {
    return Object.entries({ ...FIRST, ...SECOND }).flatMap(([name, values]) => {
        const at = (values as readonly number[]).indexOf(tuning[name as keyof Tuning]);
        return values
            .filter((_, index) => Math.abs(index - at) === 1)
            .map((value) => ({ ...tuning, [name]: value }));
    });
}

function combinations<K extends string>(
    axes: Readonly<Record<K, readonly number[]>>,
): Record<K, number>[] {
    return Object.entries<readonly number[]>(axes).reduce(
        (partial, [name, values]) =>
            partial.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
        [{}],
    ) as Record<K, number>[];
}
