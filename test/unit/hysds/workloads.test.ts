import { execFileSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { renderConfiguration } from "../../../components/hysds/configuration";
import { inCluster } from "../configuration/support/inputs";
import { pythonAssignments } from "../configuration/support/python";
import { SAR_POOL, installHysds } from "../../support/hysds";
import { Registered } from "../../support/mocks";
import { Workload, containers, mainContainer, workload, workloads } from "../../support/workloads";

/** The part of a CPU or memory quantity before its unit: `m` or `Mi` throughout. */
const amount = (quantity: string): number => Number.parseInt(quantity, 10);

let installation: Registered;
let all: Workload[];

beforeAll(async () => {
    installation = await installHysds({ hysds: { workers: [SAR_POOL] } });
    all = workloads(installation);
});

const EXACTLY_ONCE = [
    "process-events",
    // Two consumers of one list would write a job's states in another order than they came.
    "mozart-logstash-indexer",
    "watchdog-job-timeouts",
    "watchdog-task-timeouts",
    "watchdog-worker-timeouts",
];

describe("what must run exactly once", () => {
    it.each(EXACTLY_ONCE)("%s has one replica, which ends before its successor starts", (name) => {
        const { replicas, strategy } = workload(installation, name);
        expect(replicas).toBe(1);
        expect(strategy.type).toBe("Recreate");
    });

    it("is nothing else", () => {
        expect(all.filter(({ strategy }) => strategy.type === "Recreate")).toHaveLength(
            EXACTLY_ONCE.length,
        );
    });
});

const QUEUES: [string, string, string][] = [
    ["process-events-tasks", "process_events_tasks", "process_events_tasks"],
    ["orchestrator-datasets", "dataset_processed", "orchestrator_datasets"],
    ["orchestrator-jobs", "jobs_processed", "orchestrator_jobs"],
    ["on-demand-job", "on_demand_job", "on_demand_job"],
    ["on-demand-dataset", "on_demand_dataset", "on_demand_dataset"],
    ["user-rules-job", "user_rules_job", "user_rules_job"],
    ["user-rules-dataset", "user_rules_dataset", "user_rules_dataset"],
    ["user-rules-trigger", "user_rules_trigger", "user_rules_trigger"],
    ["factotum-job-worker-small", "factotum-job_worker-small", "factotum-job_worker-small"],
    ["factotum-job-worker-large", "factotum-job_worker-large", "factotum-job_worker-large"],
    ["verdi-sar", "sar-job_worker", "sar-job_worker"],
];

/** What Celery is told by the rendered command: its slot and its node name. */
function startedNode(command: string[]): string {
    const shell = command.slice(command.lastIndexOf("sh"));
    const celery = shell.indexOf("celery");
    const told = [
        "sh",
        "-c",
        'for last; do :; done; echo "slot $HYSDS_WORKER_SLOT, node $last"',
        "celery",
    ];
    const [file = "", ...args] = [...shell.slice(0, celery), ...told, ...shell.slice(celery + 1)];
    return execFileSync(file, args, { encoding: "utf8" }).trim();
}
/**
 * Settings of the queues that `hysds.task_worker.run_task` is sent to, which makes a directory before all else.
 * https://github.com/hysds/hysds/blob/develop/hysds/task_worker.py
 */
const TASK_QUEUES = [
    "PROCESS_EVENTS_TASKS_QUEUE",
    "ON_DEMAND_JOB_QUEUE",
    "ON_DEMAND_DATASET_QUEUE",
    "USER_RULES_JOB_QUEUE",
    "USER_RULES_DATASET_QUEUE",
    "USER_RULES_TRIGGER_QUEUE",
];

describe("Celery workers", () => {
    it.each(QUEUES)("%s drains %s under the node name %s", (name, queue, node) => {
        const { command } = mainContainer(workload(installation, name));
        const line = command.join(" ");
        expect(line).toContain(`celery --app=hysds worker `);
        expect(line).toContain(` -Q ${queue} `);
        const started = startedNode(command);
        expect(started).toMatch(new RegExp(`^slot 00, node ${node}\\.00\\.\\d+\\.%h$`));
    });

    it("start under a name that no process had before them, so that HySDS knows the last for dead", async () => {
        const { command } = mainContainer(workload(installation, "verdi-sar"));
        const first = startedNode(command);
        await setTimeout(1000);
        expect(startedNode(command)).not.toBe(first);
    });

    it("drain system-jobs-queue as several Celeries of one child in a pod", () => {
        const name = "system-jobs-queue-supervisord";
        const { data } = installation.inputs("kubernetes:core/v1:ConfigMap", name);
        const text = (data as Record<string, string>)["supervisord.conf"];
        expect(text).toContain("--concurrency=1");
        expect(text).toMatch(/ system-jobs-queue %\(process_num\)02d celery /);
        expect(text).toContain("-Q system-jobs-queue ");
        expect(text).toMatch(/numprocs = 8\n/);
    });

    it("fork a child for each VM-era process of a queue", () => {
        const { replicas, ...rest } = workload(installation, "user-rules-job");
        expect(mainContainer({ replicas, ...rest }).command).toContain("--concurrency=16");
        expect(replicas).toBe(4);
    });

    it("can make the work directory of tasks wherever HySDS sends any", () => {
        const settings = pythonAssignments(renderConfiguration(inCluster())["celeryconfig.py"]);
        const sentTo = TASK_QUEUES.map((setting) => settings[setting]);
        const names = QUEUES.filter(([, queue]) => sentTo.includes(queue)).map(([name]) => name);
        expect(names).toHaveLength(TASK_QUEUES.length);
        for (const name of names) {
            const { pod } = workload(installation, name);
            const mounted = mainContainer(workload(installation, name)).volumeMounts.find(
                ({ mountPath }) => mountPath === settings["ROOT_WORK_DIR"],
            );
            const volume = pod.volumes.find((each) => each.name === mounted?.name);
            expect(volume, name).toMatchObject({ emptyDir: {} });
        }
    });

    it("are PID 1's direct child, so that SIGTERM reaches them", () => {
        for (const [name] of QUEUES) {
            const { command } = mainContainer(workload(installation, name));
            expect(command.slice(0, 4), name).toEqual(["tini", "--", "sh", "-c"]);
            expect(command[4], name).toMatch(/exec "\$@"$/);
        }
    });
});

describe("every container", () => {
    /** It makes namespaces, mounts and cgroups for the containers of jobs. */
    const PRIVILEGED = ["podman"];
    /** Ends when it is done. */
    const UNPROBED = ["bootstrap"];
    /** No sign of life to ask for; see their components. */
    const WITHOUT_LIVENESS = [
        ...UNPROBED,
        ...PRIVILEGED,
        "instance-stats",
        "process-events",
        "watchdog-job-timeouts",
        "watchdog-task-timeouts",
        "watchdog-worker-timeouts",
    ];

    it("has requests within its limits", () => {
        for (const { name, resources } of all.flatMap(containers)) {
            for (const kind of ["cpu", "memory"] as const) {
                const request = amount(resources.requests[kind]);
                expect(request, `${name} ${kind}`).toBeGreaterThan(0);
                expect(amount(resources.limits[kind]), `${name} ${kind}`).toBeGreaterThanOrEqual(
                    request,
                );
            }
        }
    });

    it("is watched", () => {
        for (const { name, readinessProbe, livenessProbe } of all.flatMap(containers)) {
            expect(readinessProbe !== undefined, `${name} readiness`).toBe(
                !UNPROBED.includes(name),
            );
            expect(livenessProbe !== undefined, `${name} liveness`).toBe(
                !WITHOUT_LIVENESS.includes(name),
            );
        }
    });

    it("is not restarted because a store is away", () => {
        for (const { name, livenessProbe } of all.flatMap(containers)) {
            const command = livenessProbe?.exec?.command;
            if (command) {
                expect(command.slice(-2), name).toEqual(["heartbeat", "--or-broker-away"]);
            }
            expect(livenessProbe?.httpGet?.path ?? "", name).not.toContain("status");
        }
    });

    it("is restricted, except the engines of jobs", () => {
        for (const { name, securityContext } of all.flatMap(containers)) {
            if (!PRIVILEGED.includes(name)) {
                expect(securityContext, name).toEqual({
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ["ALL"] },
                    readOnlyRootFilesystem: true,
                });
            }
        }
    });

    it("runs in a pod without root and without a token of the Kubernetes API", () => {
        for (const { name, pod } of all) {
            expect(pod.automountServiceAccountToken, name).toBe(false);
            expect(pod.securityContext, name).toMatchObject({
                runAsNonRoot: true,
                seccompProfile: { type: "RuntimeDefault" },
            });
        }
    });
});

describe("size small", () => {
    it("requests at most 2.6 CPUs and 5 GiB, a tenth of the VM era's parallelism included", async () => {
        const hysds = { size: "small", parallelismPercent: 10 } as const;
        const small = workloads(await installHysds({ hysds, aws: false }));
        const total = (kind: "cpu" | "memory"): number =>
            small
                .flatMap((each) => containers(each).map((one) => [each.replicas, one] as const))
                .reduce(
                    (sum, [replicas, one]) => sum + replicas * amount(one.resources.requests[kind]),
                    0,
                );
        expect(total("cpu")).toBeLessThanOrEqual(2600);
        expect(total("memory")).toBeLessThanOrEqual(5 * 1024);
    });
});
