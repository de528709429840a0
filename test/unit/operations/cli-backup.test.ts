import { afterEach, describe, expect, it } from "vitest";
import { backupCommand } from "../../../cli/commands/backup";
import { restoreCommand } from "../../../cli/commands/restore";
import { FakeAnswer, FakeRequest } from "../../support/operations/fake-server";
import {
    FakeInstallation,
    FakeInstallationOptions,
} from "../../support/operations/fake-installation";
import { runCommand } from "../../support/operations/run-command";

interface Container {
    readonly name: string;
    readonly args?: readonly string[];
}

interface Job {
    readonly metadata: { readonly generateName: string };
    readonly spec: {
        readonly backoffLimit: number;
        readonly template: {
            readonly spec: {
                readonly initContainers: readonly Container[];
                readonly containers: readonly Container[];
            };
        };
    };
}

/** What a Job of these arguments writes last; an Error is the last line of one that fails. */
type Script = (args: readonly string[], job: Job) => unknown;

const JOBS = "/apis/batch/v1/namespaces/hysds/jobs";
const PODS = "/api/v1/namespaces/hysds/pods";
const BACKUP = "hysds-20260131-031500";

function cronJob(name: string, store: string, initContainers: readonly Container[] = []) {
    const template = {
        spec: { initContainers, containers: [{ name: "backup", args: ["take"] }] },
    };
    return {
        metadata: { name, labels: { "hysds.io/backup-store": store } },
        spec: { jobTemplate: { spec: { backoffLimit: 2, template } } },
    };
}

/** What a script answers that does not end. */
const RUNNING = Symbol("running");

/** The part of Kubernetes that runs Jobs, each of them at once. */
class Kubernetes {
    readonly jobs: Job[] = [];
    private readonly ended: unknown[] = [];

    constructor(
        private readonly cronJobs: readonly object[],
        private readonly script: Script,
    ) {}

    readonly handler = ({ method, path, query, json }: FakeRequest): FakeAnswer => {
        if (path.endsWith("/cronjobs")) {
            expect(query.get("labelSelector")).toBe("hysds.io/backup-store");
            return { body: { items: this.cronJobs } };
        }
        if (path === JOBS && method === "POST") {
            const job = json as Job;
            const [container] = job.spec.template.spec.containers;
            this.ended.push(this.script(container?.args ?? [], job));
            return { body: { ...job, metadata: { name: `job-${this.jobs.push(job) - 1}` } } };
        }
        const number = Number(/job-(\d+)/.exec(path + query.toString())?.[1]);
        const end = this.ended[number];
        if (path.startsWith(JOBS)) {
            if (end === RUNNING) {
                return { body: { status: {} } };
            }
            const type = end instanceof Error ? "Failed" : "Complete";
            return { body: { status: { conditions: [{ type, status: "True" }] } } };
        }
        if (path === PODS) {
            const message = end instanceof Error ? `Traceback\n${end.message}\n` : "";
            const terminated = { exitCode: end instanceof Error ? 1 : 0, message };
            const status = { containerStatuses: [{ name: "backup", state: { terminated } }] };
            return { body: { items: [{ metadata: { name: `job-${number}-pod` }, status }] } };
        }
        return { body: `progress\n${JSON.stringify(end)}\n` };
    };
}

let installation: FakeInstallation | undefined;

afterEach(async () => {
    await installation?.stop();
});

async function run(
    args: readonly string[],
    kubernetes: Kubernetes,
    options: FakeInstallationOptions & {
        readonly answer?: boolean;
        readonly signal?: AbortSignal;
    } = {},
) {
    installation = await FakeInstallation.start({ ...options, kubernetes: kubernetes.handler });
    const commands = [backupCommand, restoreCommand];
    const { answer, signal } = options;
    return runCommand(args, { commands, installation, answer, signal });
}

const STORES = [
    cronJob("backup-rabbitmq", "rabbitmq"),
    cronJob("backup-search", "search"),
    cronJob("restore-redis", "redis"),
];

describe("hysds-ops backup", () => {
    it("runs the Job of each store, and none where the store takes its backups by itself", async () => {
        const kubernetes = new Kubernetes(STORES, () => ({ taken: BACKUP, removed: ["old"] }));
        const { exitCode, stdout, stderr } = await run(["backup"], kubernetes);
        expect([exitCode, stderr]).toEqual([0, "rabbitmq ...\nsearch ...\n"]);
        expect(kubernetes.jobs.map(({ metadata }) => metadata.generateName)).toEqual([
            "backup-rabbitmq-manual-",
            "backup-search-manual-",
        ]);
        expect(kubernetes.jobs.map(({ spec }) => spec.backoffLimit)).toEqual([0, 0]);
        expect(stdout).toContain(BACKUP);
    });

    it("goes on with the other stores when one fails, says why, and ends with 1", async () => {
        const kubernetes = new Kubernetes(STORES, (_args, { metadata }) =>
            metadata.generateName.includes("rabbitmq")
                ? new Error("GET /api/definitions: 401")
                : { taken: BACKUP, removed: [] },
        );
        const { exitCode, stdout } = await run(["--json", "backup"], kubernetes);
        expect(exitCode).toBe(1);
        expect(JSON.parse(stdout)).toEqual([
            { store: "rabbitmq", error: "job job-0: GET /api/definitions: 401" },
            { store: "search", backup: BACKUP, removed: [] },
        ]);
    });

    it("waits no longer after Ctrl-C, for this store or the next, and says where the Job is", async () => {
        const interrupted = new AbortController();
        const kubernetes = new Kubernetes(STORES, () => {
            setImmediate(() => interrupted.abort());
            return RUNNING;
        });
        const { signal } = interrupted;
        const { exitCode, stdout } = await run(["backup"], kubernetes, { signal });
        expect([exitCode, kubernetes.jobs.length]).toEqual([1, 1]);
        expect(stdout).toContain("kubectl --namespace hysds logs --follow job/job-0");
    });

    it("tells what to do instead for ElastiCache, and which stores there are", async () => {
        const kubernetes = new Kubernetes(STORES, () => ({}));
        expect((await run(["backup", "redis"], kubernetes)).stderr).toContain("create-snapshot");
        await installation?.stop();
        const unknown = await run(["backup", "postgres"], kubernetes);
        expect(unknown).toMatchObject({ exitCode: 2 });
        expect(unknown.stderr).toContain("rabbitmq, redis, search");
    });

    it("names the setting when the stack takes no backups", async () => {
        const { exitCode, stderr } = await run(["backup"], new Kubernetes([], () => ({})));
        expect(exitCode).toBe(1);
        expect(stderr).toContain("pulumi config set hysds:backups true");
    });

    it("lists without a dump", async () => {
        const redis = cronJob("backup-redis", "redis", [{ name: "dump" }]);
        const backups = [
            { name: BACKUP, time: "2026-01-31T03:15:00Z", state: "complete", bytes: 7 },
        ];
        const kubernetes = new Kubernetes([redis], () => ({ backups }));
        const { stdout } = await run(["backup", "list"], kubernetes);
        expect(stdout).toMatch(/redis\s+hysds-20260131-031500\s+2026-01-31T03:15:00Z\s+complete/);
        const spec = kubernetes.jobs[0]?.spec.template.spec;
        expect(spec?.initContainers).toEqual([]);
        expect(spec?.containers[0]?.args).toEqual(["list"]);
    });
});

describe("hysds-ops restore", () => {
    const overwrites = [{ what: "queues", now: 41, backup: 43 }];
    const script: Script = (args) =>
        args.includes("--dry-run") ? { overwrites } : { restored: ["43 queues"] };

    it("shows what is overwritten, asks, and then restores", async () => {
        const kubernetes = new Kubernetes(STORES, script);
        const args = ["restore", "rabbitmq", "--from", BACKUP];
        const { exitCode, stdout, stderr, questions } = await run(args, kubernetes, {
            answer: true,
        });
        expect(exitCode).toBe(0);
        expect(stderr).toMatch(/queues\s+41\s+43/);
        expect(questions).toHaveLength(1);
        expect(stdout).toContain("43 queues");
        const ran = kubernetes.jobs.map(({ spec }) => spec.template.spec.containers[0]?.args);
        expect(ran).toEqual([
            ["restore", BACKUP, "--dry-run"],
            ["restore", BACKUP],
        ]);
    });

    it("restores nothing when the answer is no", async () => {
        const kubernetes = new Kubernetes(STORES, script);
        const args = ["restore", "rabbitmq", "--from", BACKUP];
        expect((await run(args, kubernetes)).exitCode).toBe(1);
        expect(kubernetes.jobs).toHaveLength(1);
    });

    it.each([{ environment: "prod" }, { protected: true }] as const)(
        "refuses %o without --really, though --yes was said",
        async (guarded) => {
            const kubernetes = new Kubernetes(STORES, script);
            const args = ["restore", "rabbitmq", "--from", BACKUP, "--yes"];
            const refused = await run(args, kubernetes, guarded);
            expect(refused.exitCode).toBe(1);
            expect(refused.stderr).toContain("--really");
            expect(kubernetes.jobs).toHaveLength(1);
            await installation?.stop();
            expect((await run([...args, "--really"], kubernetes, guarded)).exitCode).toBe(0);
        },
    );

    it("hands on which indices, and where to", async () => {
        const kubernetes = new Kubernetes(STORES, script);
        const args = ["--from", BACKUP, "--indices", "-a,b*", "--in-place", "--yes"];
        await run(["restore", "search", ...args], kubernetes);
        const [container] = kubernetes.jobs[1]?.spec.template.spec.containers ?? [];
        expect(container?.args).toEqual(["restore", BACKUP, "--indices=-a,b*", "--in-place"]);
    });

    it("fetches the dump that an in-cluster Redis reads", async () => {
        const stores = [
            cronJob("backup-redis", "redis", [{ name: "dump" }]),
            cronJob("restore-redis", "redis", [
                { name: "fetch", args: ["fetch", "none"] },
                { name: "server" },
            ]),
        ];
        const kubernetes = new Kubernetes(stores, script);
        await run(["restore", "redis", "--from", BACKUP, "--yes"], kubernetes);
        expect(kubernetes.jobs[1]?.spec.template.spec.initContainers).toEqual([
            { name: "fetch", args: ["fetch", BACKUP] },
            { name: "server" },
        ]);
    });

    it("says what is missing: a backup, or for ElastiCache a host", async () => {
        const kubernetes = new Kubernetes(STORES, script);
        const search = await run(["restore", "search"], kubernetes);
        expect(search).toMatchObject({ exitCode: 2 });
        expect(search.stderr).toContain("--from <backup>");
        await installation?.stop();
        const redis = await run(["restore", "redis", "--from", BACKUP], kubernetes);
        expect(redis.stderr).toContain("--from-host <host>");
        expect(kubernetes.jobs).toHaveLength(0);
    });
});
