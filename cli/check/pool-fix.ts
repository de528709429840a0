import { WorkerDescription } from "../../contract/workers";

/** A field of a pool in `hysds:workers` with the value that it has to have at least. */
export interface PoolField {
    readonly field: "diskGiB" | "memory" | "timeoutHours";
    readonly value: number | string;
}

/** How the workers of a queue get more of something: HySDS's own have what the stack's size gives them. */
export function poolFix({ name, isPool }: WorkerDescription, { field, value }: PoolField): string {
    if (isPool) {
        return `pulumi config set --path 'hysds:workers[N].${field}' ${value}, where N is the place of ${name} in the list`;
    }
    return field === "timeoutHours"
        ? `pulumi config set hysds:jobTimeoutHours ${value}`
        : `run it on a pool of hysds:workers with ${field} ${value}, for ${name} is HySDS's own`;
}

/** The command that adds a pool for a queue. */
export function newPoolFix(workers: readonly WorkerDescription[], queue: string): string {
    const next = workers.filter(({ isPool }) => isPool).length;
    return `pulumi config set --path 'hysds:workers[${next}].queue' ${queue}, and its name in 'hysds:workers[${next}].name'`;
}
