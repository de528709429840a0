import * as k8s from "@pulumi/kubernetes";

type Probe = k8s.types.input.core.v1.Probe;

/** How often and how patiently to ask; Kubernetes's own defaults are 10 s, 1 s and 3 times. */
export interface ProbeTiming {
    readonly periodSeconds?: number;
    /** Default here 5 s: 1 s is less than one garbage collection of a loaded JVM or a forked CLI's start. */
    readonly timeoutSeconds?: number;
    readonly failureThreshold?: number;
}

function timing(given: ProbeTiming): ProbeTiming {
    return { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3, ...given };
}

/** Healthy when `GET path` answers 200 to 399. */
export function httpProbe(path: string, port: number, given: ProbeTiming = {}): Probe {
    return { httpGet: { path, port }, ...timing(given) };
}

/** Healthy when `GET path` answers 200 to 399 over TLS; the kubelet trusts any certificate. */
export function httpsProbe(path: string, port: number, given: ProbeTiming = {}): Probe {
    return { httpGet: { path, port, scheme: "HTTPS" }, ...timing(given) };
}

/** Healthy when the port accepts a connection. */
export function tcpProbe(port: number, given: ProbeTiming = {}): Probe {
    return { tcpSocket: { port }, ...timing(given) };
}

/** Healthy when the command ends with 0. */
export function execProbe(command: string[], given: ProbeTiming = {}): Probe {
    return { exec: { command }, ...timing(given) };
}

/**
 * The same question asked while the process starts: nothing else is asked until it is answered once.
 *
 * @param seconds how long a start may take
 * @param periodSeconds how often to ask; longer for commands that cost CPU themselves
 */
export function startupProbe(probe: Probe, seconds: number, periodSeconds = 5): Probe {
    return { ...probe, periodSeconds, failureThreshold: Math.ceil(seconds / periodSeconds) };
}
