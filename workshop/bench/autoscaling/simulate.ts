import { Nodes } from "./nodes";
import { QueueScaler } from "./queue-scaler";
import { Scenario } from "./scenario";
import { Job } from "./trace";
import { JobRecord, Workers } from "./workers";

/** The state at one moment. */
export interface Sample {
    /** Seconds since the start. */
    readonly at: number;
    /** Messages ready and unacknowledged. */
    readonly depth: number;
    readonly replicas: number;
    readonly pods: number;
    readonly nodes: number;
    readonly dollars: number;
}

export interface Outcome {
    /** By job. */
    readonly records: readonly JobRecord[];
    /** Until the last job ended, seconds. */
    readonly makespan: number;
    /** From arrival to start, seconds. */
    readonly meanWait: number;
    readonly dollars: number;
    /** Share of the pods' time in which they had a job. */
    readonly utilization: number;
    /** Workers told to end while they had a job. */
    readonly endedBusy: number;
    readonly samples: readonly Sample[];
}

const SAMPLE_SECONDS = 60;
/** A week: whatever has not come to rest by then never will. */
const LONGEST = 7 * 86_400;

/** The parts of one run. */
class Run {
    private readonly workers: Workers;
    private readonly nodes: Nodes;
    private readonly scaler: QueueScaler;
    private readonly samples: Sample[] = [];
    private replicas: number;
    private arrived = 0;
    private seen = 0;

    constructor(
        private readonly trace: readonly Job[],
        private readonly scenario: Scenario,
    ) {
        const { rules, timing } = scenario;
        this.workers = new Workers(trace.length, timing);
        this.nodes = new Nodes(scenario.nodes, timing.nodeBoot);
        this.scaler = new QueueScaler(rules, timing);
        this.replicas = rules.minReplicaCount;
    }

    /** Whether every job has arrived and ended, and everything is back at its least. */
    get isOver(): boolean {
        const { workers, nodes, trace, scenario } = this;
        return (
            this.arrived === trace.length &&
            workers.depth === 0 &&
            workers.pods === scenario.rules.minReplicaCount &&
            nodes.count === scenario.nodes.min
        );
    }

    second(at: number): void {
        const { workers, nodes, trace } = this;
        const { statistics, scheduling } = this.scenario.timing;
        for (let job = trace[this.arrived]; job && job.arrival <= at;) {
            workers.enqueue(job, at);
            job = trace[++this.arrived];
        }
        workers.work(at);
        this.seen = at % statistics === 0 ? workers.depth : this.seen;
        const replicas = this.scaler.decide(at, this.seen, this.replicas);
        if (replicas !== this.replicas) {
            this.replicas = replicas;
            workers.scaleTo(replicas, at);
        }
        if (at % scheduling === 0) {
            workers.place(at, nodes);
        }
        if (nodes.looksAt(at)) {
            nodes.scan(at, workers.unplaced);
        }
        if (at % SAMPLE_SECONDS === 0) {
            this.sample(at);
        }
    }

    outcome(at: number): Outcome {
        this.sample(at);
        const { trace, samples } = this;
        const { records, podSeconds, endedBusy } = this.workers;
        const waits = trace.map(({ id, arrival }) => (records[id]?.startedAt ?? NaN) - arrival);
        const worked = trace.reduce((sum, { duration }) => sum + duration, 0);
        return {
            records,
            makespan: Math.max(...records.map(({ endedAt }) => endedAt)),
            meanWait: waits.reduce((sum, wait) => sum + wait, 0) / waits.length,
            dollars: this.nodes.dollars(at),
            utilization: worked / podSeconds,
            endedBusy,
            samples,
        };
    }

    private sample(at: number): void {
        const { workers, nodes, replicas } = this;
        const { depth, pods } = workers;
        const dollars = nodes.dollars(at);
        this.samples.push({ at, depth, replicas, pods, nodes: nodes.count, dollars });
    }
}

/**
 * Replays a trace second by second until the last job has ended and everything is back at its least.
 *
 * @throws Error when that does not happen within a week
 */
export function simulate(trace: readonly Job[], scenario: Scenario): Outcome {
    const run = new Run(trace, scenario);
    for (let at = 0; at < LONGEST; at++) {
        run.second(at);
        if (run.isOver) {
            return run.outcome(at);
        }
    }
    throw new Error("Not every job ended, or not everything went back to its least, in a week.");
}
