import { Node, Nodes } from "./nodes";
import { Timing } from "./scenario";
import { Job } from "./trace";

/** A job worker: it has no node yet, starts, waits, or works; one that is told to end ends after its job. */
interface Worker {
    readonly number: number;
    readonly madeAt: number;
    node?: Node;
    readyAt: number;
    job?: Job;
    endsAt: number;
    isEnding: boolean;
}

/** What became of a job. */
export interface JobRecord {
    starts: number;
    startedAt: number;
    endedAt: number;
}

/**
 * A queue and the Deployment of its workers. A worker takes one job at a time and acknowledges it when it ends; the
 * ReplicaSet chooses which pods go without knowing which are busy
 * (https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#scaling-down-a-replicaset).
 */
export class Workers {
    public readonly records: JobRecord[];
    /** Workers told to end while they had a job, which they finished. */
    public endedBusy = 0;
    /** Pods without a node. */
    public unplaced = 0;
    /** Seconds that the workers which are gone existed. */
    public podSeconds = 0;
    private workers: Worker[] = [];
    private readonly waiting: Job[] = [];
    private taken = 0;
    private made = 0;
    private busy = 0;
    /** When the next worker ends its job or becomes ready. */
    private nextChange = 0;

    constructor(
        jobs: number,
        private readonly timing: Timing,
    ) {
        this.records = Array.from({ length: jobs }, () => ({
            starts: 0,
            startedAt: 0,
            endedAt: 0,
        }));
    }

    /** Messages ready and unacknowledged. */
    get depth(): number {
        return this.waitingCount + this.busy;
    }

    /** Pods that run or start, those included that finish their last job. */
    get pods(): number {
        return this.workers.length;
    }

    private get waitingCount(): number {
        return this.waiting.length - this.taken;
    }

    enqueue(job: Job, at: number): void {
        this.waiting.push(job);
        this.nextChange = at;
    }

    /** Brings the Deployment to so many pods. */
    scaleTo(replicas: number, at: number): void {
        const kept = this.workers.filter(({ isEnding }) => !isEnding);
        for (let count = kept.length; count < replicas; count++) {
            this.unplaced++;
            this.workers.push({
                number: this.made++,
                madeAt: at,
                readyAt: Infinity,
                endsAt: Infinity,
                isEnding: false,
            });
        }
        if (kept.length > replicas) {
            kept.sort((one, other) => firstToGo(one, other, at));
            kept.slice(0, kept.length - replicas).forEach((worker) => this.end(worker, at));
            this.workers = this.workers.filter((worker) => !worker.isEnding || worker.job);
        }
    }

    /** Pods that have no node find one, if there is a place. */
    place(at: number, nodes: Nodes): void {
        const homeless = this.unplaced > 0 ? this.workers.filter(({ node }) => !node) : [];
        for (const worker of homeless) {
            const node = nodes.withPlace(at);
            if (node) {
                const { imagePull, podStart } = this.timing;
                worker.node = node;
                worker.readyAt = at + podStart + (node.warm ? 0 : imagePull);
                node.pods++;
                this.unplaced--;
                node.warm = true;
                this.nextChange = Math.min(this.nextChange, worker.readyAt);
            }
        }
    }

    /** One second: jobs end, and idle workers take others. */
    work(at: number): void {
        if (at < this.nextChange) {
            return;
        }
        for (const worker of this.workers) {
            if (worker.endsAt <= at) {
                this.finish(worker, at);
            }
        }
        this.workers = this.workers.filter((worker) => !worker.isEnding || worker.job);
        this.nextChange = Infinity;
        for (const worker of this.workers) {
            if (worker.readyAt <= at && !worker.job && this.waitingCount > 0) {
                this.take(worker, at);
            }
            const change = worker.readyAt > at ? worker.readyAt : worker.endsAt;
            this.nextChange = Math.min(this.nextChange, change);
        }
    }

    private take(worker: Worker, at: number): void {
        const job = this.waiting[this.taken++];
        if (job) {
            worker.job = job;
            worker.endsAt = at + job.duration;
            this.busy++;
            const record = this.recordOf(job);
            record.starts++;
            record.startedAt = at;
        }
    }

    private finish(worker: Worker, at: number): void {
        if (worker.job) {
            this.recordOf(worker.job).endedAt = at;
            worker.job = undefined;
            worker.endsAt = Infinity;
            this.busy--;
            if (worker.isEnding) {
                this.leave(worker, at);
            }
        }
    }

    private end(worker: Worker, at: number): void {
        worker.isEnding = true;
        if (worker.job) {
            this.endedBusy++;
        } else {
            this.leave(worker, at);
        }
    }

    private leave({ node, madeAt }: Worker, at: number): void {
        this.podSeconds += at - madeAt;
        if (node) {
            node.pods--;
            node.emptySince = at;
        } else {
            this.unplaced--;
        }
    }

    private recordOf(job: Job): JobRecord {
        const record = this.records[job.id];
        if (!record) {
            throw new Error(`The trace has no job ${job.id}.`);
        }
        return record;
    }
}

/** Without a node, then not ready, then with more neighbours of its kind, then newer. */
function firstToGo(one: Worker, other: Worker, at: number): number {
    const rank = (worker: Worker): number => (!worker.node ? 0 : worker.readyAt > at ? 1 : 2);
    return (
        rank(one) - rank(other) ||
        (other.node?.pods ?? 0) - (one.node?.pods ?? 0) ||
        other.number - one.number
    );
}
