import * as k8s from "@pulumi/kubernetes";
import { execProbe, startupProbe } from "../../kubernetes/probes";
import { PROBES_DIRECTORY } from "./paths";
import { Store } from "../catalog/workload-spec";

type Probe = k8s.types.input.core.v1.Probe;

const PROBE = ["python", `${PROBES_DIRECTORY}/probe.py`];

/** Ready while every named store answers. Never a liveness: a restart would not bring a store back. */
export function storesReady(stores: readonly Store[]): Probe {
    return execProbe([...PROBE, "stores", ...stores], { periodSeconds: 30, timeoutSeconds: 20 });
}

/** Ready while every Celery node of the pod is in touch with the broker. */
export function workersReady(): Probe {
    return execProbe([...PROBE, "heartbeat"], { periodSeconds: 30, timeoutSeconds: 10 });
}

const ALIVE = [...PROBE, "heartbeat", "--or-broker-away"];

/**
 * Alive while Celery's heartbeats come, or the broker is away. `celery inspect ping` would ask the same of the broker
 * and of every worker, at a second of CPU for each. Ten minutes of doubt, because a restart kills running tasks; then
 * a minute to end, not the grace period of the longest job.
 */
export function workersAlive(): { startup: Probe; liveness: Probe } {
    const probe = execProbe(ALIVE, { periodSeconds: 60, timeoutSeconds: 10, failureThreshold: 10 });
    return {
        startup: startupProbe(probe, 300),
        liveness: { ...probe, terminationGracePeriodSeconds: 60 },
    };
}
