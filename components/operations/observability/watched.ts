import * as pulumi from "@pulumi/pulumi";
import { ManagedStores } from "../../backends/backends";
import { Worker, Workload, queues } from "../../hysds/catalog/workload";
import { NetworkFacts } from "../../platform/platform";
import { Settings } from "../../settings/settings";
import { Watched } from "./alarm";
import { hasQueueMetrics } from "./sizes";

/** One thing that CloudWatch has metrics of. */
export interface Subject {
    readonly watched: Watched;
    /** Tells it apart from others of its kind in names of alarms; empty where there is one only. */
    readonly name: string;
    /** Of every metric of it. */
    readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
    /** Of a queue: Celery processes that work on it. */
    readonly processes: number;
}

/** What subjects are made from. */
export interface SubjectsArgs {
    readonly settings: Settings;
    readonly network: NetworkFacts;
    /** Absent where the stores are in the cluster. */
    readonly managed?: ManagedStores;
    readonly workloads: readonly Workload[];
    /** `app/<name>/<id>` of the Application Load Balancer, where there is one. */
    readonly applicationLoadBalancer?: pulumi.Output<string>;
}

/** The virtual host in which Celery declares its queues (`broker_url` of celeryconfig.py ends in it). */
const VIRTUAL_HOST = "/";

/** Everything of a stack that CloudWatch has metrics of. */
export function subjects(args: SubjectsArgs): readonly Subject[] {
    const { settings, managed } = args;
    const { certificateArn } = settings.ingress;
    return [
        ...(managed ? storeSubjects(args, managed) : []),
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

function subject(
    watched: Watched,
    name: string,
    dimensions: Subject["dimensions"],
    processes = 0,
): Subject {
    return { watched, name, dimensions, processes };
}

function storeSubjects(
    { settings, network, workloads }: SubjectsArgs,
    managed: ManagedStores,
): Subject[] {
    const Broker = managed.broker;
    const perQueue = hasQueueMetrics(settings.backends.rabbitmq.engineVersion);
    return [
        subject("broker", "", { Broker }),
        ...(perQueue ? queues(workloads) : []).map((spec) =>
            subject(
                "queue",
                spec.queue,
                { Broker, VirtualHost: VIRTUAL_HOST, Queue: spec.queue },
                serviceProcesses(spec),
            ),
        ),
        ...Object.entries(managed.cacheNodes).flatMap(([store, nodes]) =>
            Array.from({ length: settings.backends.redis.nodeCount }, (_, index) =>
                subject("cache-node", `${store}-${index + 1}`, {
                    CacheClusterId: nodes.apply((names) => names[index] ?? ""),
                }),
            ),
        ),
        ...Object.entries(managed.domains).map(([use, DomainName]) =>
            subject("domain", use, { DomainName, ClientId: network.accountId }),
        ),
    ];
}

/** Processes of a queue whose tasks take seconds; 0 for queues of jobs, whose backlog says nothing. */
function serviceProcesses({ jobs, layout }: Worker): number {
    return jobs ? 0 : layout.replicas * layout.processesPerPod;
}
