import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { httpProbe, startupProbe } from "../../kubernetes/probes";
import { HysdsContext } from "../context";
import { LOGSTASH_DATA } from "../pod/paths";
import { podTemplate } from "../pod/template";
import { LogstashSpec, PerSize, Size } from "../catalog/workload-spec";
import { deployment } from "./deployment";

type Probe = k8s.types.input.core.v1.Probe;

const API_PORT = 9600;

/**
 * Logstash itself, not the image's entry point: that one rewrites logstash.yml from the environment, which a
 * read-only mount refuses.
 */
export const LOGSTASH_COMMAND: readonly string[] = [
    "/usr/share/logstash/bin/logstash",
    "--path.config=/usr/share/logstash/pipeline/hysds.conf",
    `--path.data=${LOGSTASH_DATA}`,
];

/** JVM options: a fixed heap, and no lookups in log messages (CVE-2021-44228; Logstash 7.10.2 has log4j 2.13). */
export function logstashEnvironment(heapMiB: PerSize<number>, size: Size): Record<string, string> {
    const heap = heapMiB[size];
    return { LS_JAVA_OPTS: `-Xms${heap}m -Xmx${heap}m -Dlog4j2.formatMsgNoLookups=true` };
}

/** Its API answers whatever its inputs and outputs do, which it retries by itself. */
export function logstashProbes(): { startup: Probe; liveness: Probe; readiness: Probe } {
    const answers = httpProbe("/", API_PORT);
    return {
        startup: startupProbe(answers, 300),
        liveness: { ...answers, periodSeconds: 30, failureThreshold: 6 },
        readiness: answers,
    };
}

export interface HysdsLogstashArgs {
    readonly context: HysdsContext;
    readonly spec: LogstashSpec;
}

/** A Logstash that drains Redis lists into indices. */
export class HysdsLogstash extends pulumi.ComponentResource {
    constructor(name: string, args: HysdsLogstashArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:HysdsLogstash", name, {}, opts);
        const { context, spec } = args;
        const size = context.settings.hysds.size;
        const template = podTemplate(
            context,
            spec,
            {
                command: LOGSTASH_COMMAND,
                resources: spec.resources[size],
                environment: logstashEnvironment(spec.heapMiB, size),
                ...logstashProbes(),
            },
            { placement: context.platform.servicePlacement },
        );
        deployment(this, context, spec, {
            replicas: spec.replicas[size],
            scalesTo: spec.maxReplicas,
            template,
            exactlyOne: spec.single !== undefined,
        });
        this.registerOutputs();
    }
}
