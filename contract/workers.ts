import { z } from "zod";

/** What a job finds where it runs: the workers of one queue, as their Deployment says it. */
const workerDescription = z.object({
    /** The workload. */
    name: z.string(),
    queue: z.string(),
    /** A pool of `hysds:workers`; the others are HySDS's own. */
    isPool: z.boolean(),
    /** What starts the containers of jobs. */
    engine: z.enum(["podman", "docker"]),
    /** Room of the work directory, bytes, for all jobs of a pod together. */
    diskBytes: z.number().optional(),
    /** Of all containers of jobs in a pod together, bytes. */
    memoryBytes: z.number().optional(),
    /** How long a pod that ends waits for its job, seconds: the longest job of the pool. */
    longestSeconds: z.number(),
    gpus: z.number().int(),
    /** Variables of the worker with their values, by which HySDS expands paths. */
    variables: z.record(z.string(), z.string()),
    /** Whether it has others too, of ConfigMaps and Secrets. */
    hasMoreVariables: z.boolean(),
    /** Where something is mounted in the worker. */
    mounts: z.array(z.string()),
    /** And in the engine, which opens the volumes of jobs. */
    engineMounts: z.array(z.string()),
});

/** What `hysds-ops pkg workers --json` prints and `hysds-ops pkg check --workers` reads. */
export const workersFile = z.object({
    format: z.literal(1),
    workers: z.array(workerDescription),
});

export type WorkerDescription = z.infer<typeof workerDescription>;

export type WorkersFile = z.infer<typeof workersFile>;
