import { describe, expect, it } from "vitest";
import { catalogue } from "../../../components/hysds/catalog";
import { workers } from "../../../components/hysds/catalog/workload";
import { hysdsSettings } from "../../support/hysds";

/** Celery processes by queue on the VMs of HySDS's own configs/supervisor, but for import_prov_es: no one has its script. */
const VM_QUEUES = {
    process_events_tasks: 1,
    dataset_processed: 32,
    jobs_processed: 32,
    on_demand_job: 4,
    on_demand_dataset: 4,
    user_rules_job: 64,
    user_rules_dataset: 64,
    user_rules_trigger: 32,
    "system-jobs-queue": 32,
    "factotum-job_worker-small": 1,
    "factotum-job_worker-large": 1,
};

const OTHER_PROCESSES = [
    "flower",
    "grq2",
    "hysds-ui",
    "instance-stats",
    "kibana",
    "metrics-logstash-indexer",
    "mozart",
    "mozart-logstash-indexer",
    "pele",
    "process-events",
    "sdswatch",
    "watchdog-job-timeouts",
    "watchdog-task-timeouts",
    "watchdog-worker-timeouts",
];

/** Celery processes by queue, as the layout deals them. */
function processesByQueue(percent: number, size: "small" | "standard"): Record<string, number> {
    const settings = hysdsSettings({ hysds: { parallelismPercent: percent, size } });
    return Object.fromEntries(
        workers(catalogue(settings)).map(({ queue, layout }) => [
            queue,
            layout.replicas * layout.processesPerPod,
        ]),
    );
}

describe("the catalogue", () => {
    it("has every queue and every other process of HySDS's supervisord", () => {
        const workloads = catalogue(hysdsSettings());
        const queues = workers(workloads).map((spec) => [spec.queue, spec.vmProcesses] as const);
        expect(Object.fromEntries(queues)).toEqual(VM_QUEUES);
        const others = workloads.filter(({ kind }) => kind !== "worker").map(({ name }) => name);
        expect(others.sort()).toEqual(OTHER_PROCESSES);
    });

    it("has no user interface where the settings want none", () => {
        const names = catalogue(hysdsSettings({ hysds: { ui: false } })).map(({ name }) => name);
        expect(names).not.toContain("hysds-ui");
    });

    it("names each workload once", () => {
        const names = catalogue(hysdsSettings()).map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
    });

    it("gains a queue by a worker pool in the settings", () => {
        const pool = {
            name: "verdi-sar",
            queue: "sar-job_worker",
            minReplicas: 0,
            maxReplicas: 9,
            timeoutHours: 8,
            cpu: "2500m",
            memory: "4Gi",
            diskGiB: 300,
        };
        const pools = workers(catalogue(hysdsSettings({ hysds: { workers: [pool] } })));
        expect(pools.find(({ queue }) => queue === "sar-job_worker")).toMatchObject({
            name: "verdi-sar",
            component: "verdi",
            replicas: 0,
            graceSeconds: 8 * 3600,
            jobs: {
                resources: { standard: { cpu: 2500, memory: 4096, cpuLimit: 2500 } },
                workDiskGiB: { standard: 300 },
            },
        });
    });
});

describe("parallelism", () => {
    it.each(["small", "standard"] as const)("is the VM era's at 100 percent, size %s", (size) => {
        expect(processesByQueue(100, size)).toEqual(VM_QUEUES);
    });

    it("falls with the percentage, and no queue is left without a worker", () => {
        const processes = processesByQueue(5, "small");
        expect(processes).toMatchObject({ jobs_processed: 2, user_rules_job: 3, on_demand_job: 1 });
        expect(Math.min(...Object.values(processes))).toBe(1);
    });

    it("is never less than asked for, whatever does not divide", () => {
        const processes = processesByQueue(53, "standard");
        for (const [queue, vm] of Object.entries(VM_QUEUES)) {
            expect(processes[queue], queue).toBeGreaterThanOrEqual(Math.round(vm * 0.53));
        }
    });

    it("keeps one job to a Celery, however processes share pods", () => {
        const settings = hysdsSettings({ hysds: { processModel: "prefork" } });
        const models = workers(catalogue(settings)).map(({ queue, layout }) => [
            queue,
            layout.model,
        ]);
        expect(Object.fromEntries(models)).toMatchObject({
            "system-jobs-queue": "supervisord",
            jobs_processed: "prefork",
            process_events_tasks: "single",
        });
    });
});
