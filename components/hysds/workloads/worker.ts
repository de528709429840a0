import * as pulumi from "@pulumi/pulumi";
import { QUEUE_ANNOTATION } from "../../../contract/labels";
import { KEEP_ON_NODE } from "../../kubernetes/keep-on-node";
import { Placement, Platform } from "../../platform/platform";
import { celeryWorker } from "./celery-worker";
import { HysdsContext } from "../context";
import { JobPod, jobPod } from "../pod/job-pod";
import { HEARTBEAT_DIRECTORY } from "../pod/paths";
import { MainContainer, hysdsProcess, podTemplate } from "../pod/template";
import { workersAlive, workersReady } from "../pod/probe-commands";
import { SUPERVISORD, supervised } from "./supervised";
import { Worker } from "../catalog/workload";
import { WorkerSpec } from "../catalog/workload-spec";
import { Mounted, joined } from "../pod/volumes";
import { deployment } from "./deployment";

export interface HysdsWorkerArgs {
    readonly context: HysdsContext;
    readonly spec: Worker;
}

/** Removing a queue does not wait for its last job; the pod does. */
const DELETE_IN_BACKGROUND = { "pulumi.com/deletionPropagationPolicy": "background" };

/**
 * The workers of one Celery queue, in as many pods of as many processes as the layout says. A pod that ends finishes
 * the tasks it runs: SIGTERM is Celery's warm shutdown, and the grace period is as long as the longest task. Workers
 * of job queues have a container engine beside them, and are kept where they are.
 */
export class HysdsWorker extends pulumi.ComponentResource {
    constructor(name: string, args: HysdsWorkerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("hysds:component:HysdsWorker", name, {}, opts);
        const { context, spec } = args;
        const { layout, scaling } = spec;
        const job = spec.jobs ? jobPod(this, context, spec, spec.jobs) : undefined;
        const template = podTemplate(context, spec, workerContainer(context, spec, job), {
            placement: placement(context.platform, spec),
            extra: joined([...processes(this, context, spec), ...(job ? [job.mounted] : [])]),
            sidecars: job?.sidecars,
            annotations: job ? KEEP_ON_NODE : undefined,
        });
        deployment(this, context, spec, {
            replicas: scaling?.initialReplicas ?? layout.replicas,
            scalesTo: scaling?.maxReplicas,
            template,
            annotations: {
                [QUEUE_ANNOTATION]: spec.queue,
                ...(job ? DELETE_IN_BACKGROUND : {}),
            },
        });
        this.registerOutputs();
    }
}

function placement(platform: Platform, spec: WorkerSpec): Placement {
    if (spec.pool) {
        return platform.poolPlacement(spec.pool);
    }
    return spec.jobs ? platform.jobPlacement : platform.servicePlacement;
}

function processes(parent: pulumi.Resource, context: HysdsContext, spec: Worker): Mounted[] {
    const { layout } = spec;
    if (layout.model !== "supervisord") {
        return [];
    }
    const program = {
        name: spec.nodeName,
        command: celeryWorker(spec, 1, "%(process_num)02d"),
        processes: layout.processesPerPod,
    };
    return [supervised(parent, context, spec, program)];
}

function workerContainer(
    context: HysdsContext,
    spec: Worker,
    job: JobPod | undefined,
): MainContainer {
    const { size } = context.settings.hysds;
    const { layout } = spec;
    const command =
        layout.model === "supervisord"
            ? SUPERVISORD
            : celeryWorker(spec, layout.processesPerPod, "00");
    return {
        command: hysdsProcess(spec, job?.command(command) ?? command),
        resources: spec.resources,
        diskGiB: spec.jobs?.workDiskGiB[size],
        environment: {
            HYSDS_HEARTBEAT_DIRECTORY: HEARTBEAT_DIRECTORY,
            ...job?.environment,
        },
        ...workersAlive(),
        readiness: workersReady(),
    };
}
