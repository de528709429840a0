import * as pulumi from "@pulumi/pulumi";
import { CloudWatchSubject, Store } from "../../backends/store";
import { workerLayout } from "../../hysds/layout";
import { Row, WorkerRow } from "../../hysds/types";
import { Settings } from "../../settings/settings";
import { Watched } from "./alarm";

/** One thing that CloudWatch has metrics of. */
export interface Subject {
    readonly watched: Watched;
    /** Tells it apart from others of its kind in names of alarms; empty where there is one only. */
    readonly name: string;
    /** Of every metric of it. */
    readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
    /** Of a queue: Celery processes that work on it. */
    readonly processes: number;
    /** Of a broker: whether its queues are subjects too. */
    readonly perQueue: boolean;
}

/** What subjects are made from. */
export interface SubjectsArgs {
    readonly settings: Settings;
    readonly stores: readonly Store[];
    readonly workloads: readonly Row[];
    /** `app/<name>/<id>` of the Application Load Balancer, where there is one. */
    readonly applicationLoadBalancer?: pulumi.Output<string>;
}

/** The virtual host in which Celery declares its queues (`broker_url` of celeryconfig.py ends in it). */
const VIRTUAL_HOST = "/";

/** Everything of a stack that CloudWatch has metrics of. */
export function subjects(args: SubjectsArgs): readonly Subject[] {
    const { settings, stores } = args;
    const { certificateArn } = settings.ingress;
    return [
        ...stores.flatMap(({ metrics }) =>
            (metrics.cloudWatch ?? []).flatMap((known) => storeSubjects(known, args)),
        ),
        // The physical name of the EKS cluster.
        subject("cluster", "", { ClusterName: settings.namePrefix }),
        ...(settings.observability.containerLogs === "cloudwatch"
            ? [subject("gateway", "", {})]
            : []),
        ...(args.applicationLoadBalancer
            ? [
                  subject("application-load-balancer", "", {
                      LoadBalancer: args.applicationLoadBalancer,
                  }),
              ]
            : []),
        ...(certificateArn ? [subject("certificate", "", { CertificateArn: certificateArn })] : []),
    ];
}

function subject(watched: Watched, name: string, dimensions: Subject["dimensions"]): Subject {
    return { watched, name, dimensions, processes: 0, perQueue: false };
}

/** What is known of a store, and of a broker each queue that HySDS consumes, where that has metrics of its own. */
function storeSubjects(
    { watched, name, dimensions, perQueue = false }: CloudWatchSubject,
    { settings, workloads }: SubjectsArgs,
): Subject[] {
    return [
        { ...subject(watched, name, dimensions), perQueue },
        ...(perQueue ? queues(workloads) : []).map((row) => ({
            ...subject("queue", row.queue, {
                ...dimensions,
                VirtualHost: VIRTUAL_HOST,
                Queue: row.queue,
            }),
            processes: serviceProcesses(row, settings),
        })),
    ];
}

/** The rows of the queues that HySDS consumes, each queue once. */
export function queues(workloads: readonly Row[]): readonly WorkerRow[] {
    const workers = workloads.filter((row): row is WorkerRow => row.kind === "worker");
    return [...new Map(workers.map((row) => [row.queue, row])).values()];
}

/** Processes of a queue whose tasks take seconds; 0 for queues of jobs, whose backlog says nothing. */
function serviceProcesses(row: WorkerRow, settings: Settings): number {
    if (row.jobs) {
        return 0;
    }
    const { replicas, processesPerPod } = workerLayout(row, settings.hysds);
    return replicas * processesPerPod;
}
