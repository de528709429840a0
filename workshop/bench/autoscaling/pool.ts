import { nodeScaling } from "../../../components/operations/autoscaling/aws/node-scaling";
import { scaledObjectSpec } from "../../../components/operations/autoscaling/scaled-object";
import { SPOT_FACTOR } from "../../../cost/node-cost";
import { referencePrices } from "../../../cost/prices";
import { ScalingRhythm } from "../../../components/settings/settings";
import { workerLayout } from "../../../components/hysds/catalog/layout";
import { queueScaling } from "../../../components/hysds/catalog/scaling";
import { verdiPool } from "../../../components/hysds/catalog/shapes";
import { Values, schema } from "../../../components/settings/schema";
import { resolve } from "../../../components/settings/resolve";
import { Scenario, TIMING } from "./scenario";

/** What the sweep chooses. */
export interface Tuning extends ScalingRhythm {
    readonly nodeIdleMinutes: number;
}

const DEFAULTS: Values = schema.parse({ autoscaling: "keda" });

/** What a stack has that says nothing of it. */
export const DEFAULT_TUNING: Tuning = {
    pollingSeconds: DEFAULTS.autoscalingPollingSeconds,
    cooldownSeconds: DEFAULTS.autoscalingCooldownSeconds,
    stabilizationSeconds: DEFAULTS.autoscalingStabilizationSeconds,
    messagesPerProcess: DEFAULTS.autoscalingMessagesPerProcess,
    nodeIdleMinutes: DEFAULTS.nodeIdleMinutes,
};

/** A pool of Verdi workers as a project might have it: seven of its workers fill a node of 8 CPUs and 32 GiB. */
const POOL = {
    name: "verdi-bench",
    queue: "bench-job_worker",
    minReplicas: 0,
    maxReplicas: 200,
    timeoutHours: 24,
    cpu: "1",
    memory: "3Gi",
    diskGiB: 20,
};
const WORKERS_PER_NODE = 7;
/** As many as hold all workers. */
export const MOST_NODES = 29;

const NODE_TYPE = "m6id.2xlarge";

/** Price of one node on spot capacity, dollars per hour, and the day of the table that it comes from. */
export function nodePrice(): { readonly dollars: number; readonly asOf: string } {
    const { hourly, source } = referencePrices.ec2;
    return { dollars: (hourly[NODE_TYPE] ?? NaN) * SPOT_FACTOR, asOf: source.asOf };
}

/** The pool under a tuning, with the rules that a stack renders for it. */
export function poolScenario(tuning: Tuning): Scenario {
    const { hysds, autoscaling } = resolve(DEFAULTS, { stack: "bench" });
    if (autoscaling.kind !== "keda") {
        throw new Error("The bench is about KEDA.");
    }
    const { messagesPerProcess } = tuning;
    const pool = verdiPool(POOL);
    const scaling = queueScaling(pool, workerLayout(pool, hysds), {
        autoscaling: { ...autoscaling, messagesPerProcess },
    });
    if (!scaling) {
        throw new Error("The pool of the bench is not scaled.");
    }
    const { name, queue } = POOL;
    return {
        rules: scaledObjectSpec({ name, queue, scaling }, tuning),
        nodes: {
            ...nodeScaling(tuning.nodeIdleMinutes),
            min: 0,
            max: MOST_NODES,
            slots: WORKERS_PER_NODE,
            dollarsPerHour: nodePrice().dollars,
        },
        timing: TIMING,
    };
}
