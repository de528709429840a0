import { Scenario } from "./scenario";

/** A node of the job node group. */
export interface Node {
    readonly launchedAt: number;
    readonly readyAt: number;
    pods: number;
    /** Whether it has pulled the worker's image. */
    warm: boolean;
    emptySince: number;
}

/** Most empty nodes that one look removes: `--max-empty-bulk-delete`. */
const MOST_REMOVED = 10;

/**
 * The job node group under the cluster autoscaler. A node with a job worker is never removed, as its pods are not safe
 * to evict; so only empty ones go.
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md
 */
export class Nodes {
    private nodes: Node[] = [];
    private lastAdded = Number.NEGATIVE_INFINITY;
    private secondsOfRemoved = 0;

    constructor(
        private readonly group: Scenario["nodes"],
        private readonly bootSeconds: number,
    ) {
        for (let count = 0; count < group.min; count++) {
            this.launch(-bootSeconds);
        }
        this.lastAdded = Number.NEGATIVE_INFINITY;
    }

    get count(): number {
        return this.nodes.length;
    }

    /** The ready node with a free place that has fewest pods: Kubernetes spreads. */
    withPlace(at: number): Node | undefined {
        let best: Node | undefined;
        for (const node of this.nodes) {
            const fits = node.readyAt <= at && node.pods < this.group.slots;
            if (fits && (!best || node.pods < best.pods)) {
                best = node;
            }
        }
        return best;
    }

    /** What the cluster autoscaler does when it looks, given so many pods that found no place. */
    scan(at: number, unplaced: number): void {
        this.grow(at, unplaced);
        this.shrink(at);
    }

    looksAt(at: number): boolean {
        return at % this.group.scanSeconds === 0;
    }

    dollars(at: number): number {
        const running = this.nodes.reduce(
            (sum, node) => sum + at - Math.max(0, node.launchedAt),
            0,
        );
        return ((this.secondsOfRemoved + running) / 3600) * this.group.dollarsPerHour;
    }

    private grow(at: number, unplaced: number): void {
        const booting = this.nodes.filter(({ readyAt }) => readyAt > at).length;
        const missing = Math.ceil(unplaced / this.group.slots) - booting;
        const added = Math.min(missing, this.group.max - this.count);
        for (let count = 0; count < added; count++) {
            this.launch(at);
        }
    }

    private launch(at: number): void {
        const readyAt = at + this.bootSeconds;
        this.nodes.push({ launchedAt: at, readyAt, pods: 0, warm: false, emptySince: readyAt });
        this.lastAdded = at;
    }

    private shrink(at: number): void {
        const { unneededSeconds, afterAddSeconds, min } = this.group;
        if (at - this.lastAdded < afterAddSeconds) {
            return;
        }
        const unneeded = this.nodes.filter(
            ({ pods, readyAt, emptySince }) =>
                pods === 0 && readyAt <= at && at - emptySince >= unneededSeconds,
        );
        for (const node of unneeded.slice(0, Math.min(MOST_REMOVED, this.count - min))) {
            this.nodes.splice(this.nodes.indexOf(node), 1);
            this.secondsOfRemoved += at - Math.max(0, node.launchedAt);
        }
    }
}
