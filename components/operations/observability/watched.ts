import * as pulumi from "@pulumi/pulumi";
import { CloudWatchSubject, Store } from "../../backends/store";
import { Worker, Workload, queues } from "../../hysds/catalog/workload";
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
    readonly workloads: readonly Workload[];
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
    { workloads }: SubjectsArgs,
): Subject[] {
    return [
        { ...subject(watched, name, dimensions), perQueue },
        ...(perQueue ? queues(workloads) : []).map((spec) => ({
            ...subject("queue", spec.queue, {
                ...dimensions,
                VirtualHost: VIRTUAL_HOST,
                Queue: spec.queue,
            }),
            processes: serviceProcesses(spec),
        })),
    ];
}

/** Processes of a queue whose tasks take seconds; 0 for queues of jobs, whose backlog says nothing. */
function serviceProcesses({ jobs, layout }: Worker): number {
    return jobs ? 0 : layout.replicas * layout.processesPerPod;
}
