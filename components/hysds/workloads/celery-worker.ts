import { WorkerSpec } from "../catalog/workload-spec";

/** Number of a Celery process in its pod, from 00; the only one's, and what supervisord fills in. */
export type Slot = "00" | "%(process_num)02d";

/**
 * Starts Celery under a node name that is new each time: `QUEUE.SLOT.SECONDS.POD`. HySDS takes a job that is delivered
 * again for a duplicate while a node of the name that had it sends heartbeats (hysds/job_worker.py,
 * redelivered_job_dup), and a container that the kubelet starts again has its pod's host name. HYSDS_WORKER_SLOT is
 * Celery's alone: what probes and shells in the pod have, job_leftovers.py could not tell from what a job left.
 */
const START = [
    'export HYSDS_WORKER_SLOT="$1"',
    'node="$0.$1.$(date +%s).%h"',
    "shift",
    'exec "$@" -n "$node"',
].join("; ");

/** Leaves signs of life for the probes; probes/worker_heartbeat.py. */
const HEARTBEAT_MODULE = "worker_heartbeat";

/** Celery's command line as HySDS's supervisord has it, with the project's own modules. */
export function celeryWorker(spec: WorkerSpec, concurrency: number, slot: Slot): string[] {
    const modules = [HEARTBEAT_MODULE, ...(spec.modules ?? [])];
    return [
        ...["sh", "-c", START, spec.nodeName, slot],
        "celery",
        "--app=hysds",
        "worker",
        `--concurrency=${concurrency}`,
        "--loglevel=INFO",
        `--include=${modules.join(",")}`,
        "-Q",
        spec.queue,
        "-O",
        "fair",
        "--without-mingle",
        "--without-gossip",
        "--heartbeat-interval=60",
    ];
}
