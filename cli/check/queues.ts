import { WorkerDescription } from "../../contract/workers";
import { Source } from "../search/documents";
import { CheckFinding, problem, warning } from "./finding";
import { newPoolFix } from "./pool-fix";

/**
 * The queues that a job specification names, those that it requires first. Mozart takes both spellings, and offers both
 * kinds alike: mozart/lib/queue_utils.py.
 */
export function queuesOf(spec: Source): readonly { readonly at: string; readonly queue: string }[] {
    const fields = ["required", "recommended"].map((kind) =>
        `${kind}-queues` in spec ? `${kind}-queues` : `${kind}_queues`,
    );
    const all = fields.flatMap((at) => {
        const { [at]: queues } = spec;
        return Array.isArray(queues) ? queues.map((queue) => ({ at, queue: String(queue) })) : [];
    });
    return all.filter(
        ({ queue }, index) => all.findIndex((other) => other.queue === queue) === index,
    );
}

/** A job in a queue that no worker reads waits for ever. */
export function unservedQueue(
    { at, queue }: { readonly at: string; readonly queue: string },
    workers: readonly WorkerDescription[],
    isOnly: boolean,
): CheckFinding {
    return (isOnly ? problem : warning)(
        at,
        `no worker reads queue ${queue}: its jobs wait for ever`,
        newPoolFix(workers, queue),
    );
}
