import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { Redis } from "ioredis";
import { afterEach, describe, expect, it } from "vitest";
import { jobCommand } from "../../../cli/commands/job";
import { Environment } from "../../../cli/installation";
import { FakeAnswer, FakeRequest } from "../../support/operations/fake-server";
import { FakeKubernetes, FakeObject } from "../../support/operations/fake-kubernetes";
import { deploymentsOf } from "../../support/operations/fake-workloads";
import { installHysds } from "../../support/hysds";
import { FakeInstallation } from "../../support/operations/fake-installation";
import { runCommand } from "../../support/operations/run-command";
import { SearchCluster } from "../../support/operations/search-cluster";

const TYPES = ["job-sar:v1"];

/** Mozart's job API: submits jobs of types that it knows, and tells of those in its index. */
class Mozart {
    public readonly submitted: Record<string, string>[] = [];

    constructor(private readonly cluster: SearchCluster) {}

    readonly handler = (request: FakeRequest): FakeAnswer => {
        const at = `${request.method} ${request.path}`;
        if (at === "POST /api/v0.1/job/submit") {
            return this.submit(new URLSearchParams(request.text));
        }
        const id = request.query.get("id") ?? "";
        const job = this.cluster.sources("job_status-2026.11.24")[id];
        return at !== "GET /api/v0.1/job/info" || !job
            ? { status: 404, body: { success: false, message: `job info not found: ${id}` } }
            : { body: { success: true, message: "", result: job } };
    };

    private submit(form: URLSearchParams): FakeAnswer {
        const type = form.get("type") ?? "";
        if (!TYPES.includes(type)) {
            const message = `Failed to submit job. <class 'ValueError'>:${type} not found`;
            return { status: 500, body: { success: false, message } };
        }
        this.submitted.push(Object.fromEntries(form));
        return { body: { success: true, message: "", result: "payload-1", tags: [] } };
    }
}

/** RabbitMQ's management API, of which a worker's control queue may be bound to the exchange. */
class Rabbitmq {
    public readonly published: Record<string, unknown>[] = [];

    constructor(private readonly workers: number) {}

    readonly handler = ({ method, path: at, json }: FakeRequest): FakeAnswer => {
        if (`${method} ${at}` !== "POST /api/exchanges/%2F/celery.pidbox/publish") {
            return { status: 404, body: { error: "Object Not Found" } };
        }
        const { payload, properties } = json as { payload: string; properties: object };
        this.published.push({ ...(JSON.parse(payload) as object), properties });
        return { body: { routed: this.workers > 0 } };
    };
}

function job(
    id: string,
    status: string,
    changes: { type?: string; queue?: string; tags?: string[]; hour?: number } = {},
) {
    const { type = "job-sar:v1", queue = "sar-job_worker", tags = [], hour = 1 } = changes;
    return {
        [id]: {
            payload_id: id,
            uuid: `task-${id}`,
            status,
            tags,
            "@timestamp": `2026-11-24T0${hour}:00:00Z`,
            job: { type, job_info: { job_queue: queue } },
        },
    };
}

let installation: FakeInstallation | undefined;

afterEach(() => installation?.stop());

interface Given {
    readonly jobs?: Record<string, Record<string, unknown>>;
    readonly workers?: number;
    readonly environment?: Environment;
    readonly jobSpecs?: Record<string, Record<string, unknown>>;
    readonly deployments?: readonly FakeObject[];
}

async function run(args: readonly string[], given: Given = {}) {
    const cluster = new SearchCluster(
        { "job_status-2026.11.24": given.jobs ?? {}, job_specs: given.jobSpecs ?? {} },
        { "job_status-current": "job_status-2026.11.24" },
    );
    const mozart = new Mozart(cluster);
    const rabbitmq = new Rabbitmq(given.workers ?? 1);
    const marks = new Map<string, string>();
    const redis = {
        setex: (key: string, seconds: number, value: string) => {
            marks.set(key, `${value} for ${seconds}`);
            return Promise.resolve("OK");
        },
    };
    installation = await FakeInstallation.start({
        environment: given.environment ?? "dev",
        targets: {
            mozart: mozart.handler,
            "mozart-search": cluster.handler,
            rabbitmq: rabbitmq.handler,
        },
        redis: { jobs: redis as unknown as Redis },
        kubernetes: new FakeKubernetes({ [deploymentsOf("hysds-jobs")]: given.deployments ?? [] })
            .handler,
    });
    const ran = await runCommand([...args], { commands: [jobCommand], installation });
    return { ...ran, submitted: mozart.submitted, published: rabbitmq.published, marks };
}

describe("job submit", () => {
    it("sends type, queue, priority, tags and parameters as Mozart reads them", async () => {
        const directory = await fs.mkdtemp(path.join(os.tmpdir(), "job-"));
        const file = path.join(directory, "params.json");
        await fs.writeFile(file, JSON.stringify({ min_lat: -79.5, name: "scene", keep: false }));
        const { exitCode, stdout, submitted } = await run([
            ...["job", "submit", "job-sar:v1", "--queue", "sar-job_worker", "--priority", "7"],
            ...["--tag", "nightly", "--tag", "ü", "--params", file],
            ...["--params", "keep=true", "--params", "url=s3://a/b=c", "--params", "ids=[1,2]"],
        ]);
        await fs.rm(directory, { recursive: true });
        expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "Submitted job payload-1.\n" });
        expect(submitted).toHaveLength(1);
        const { params, tags, ...form } = submitted[0]!;
        expect(form).toEqual({
            type: "job-sar:v1",
            queue: "sar-job_worker",
            priority: "7",
            enable_dedup: "true",
        });
        expect(JSON.parse(tags!)).toEqual(["nightly", "ü"]);
        expect(JSON.parse(params!)).toEqual({
            min_lat: -79.5,
            name: "scene",
            keep: true,
            url: "s3://a/b=c",
            ids: [1, 2],
        });
    });

    it("says in one line why Mozart refused", async () => {
        const { exitCode, stderr } = await run(["job", "submit", "job-x:v1", "--queue", "q"]);
        expect(exitCode).toBe(1);
        expect(stderr).toBe(
            "error: Mozart refused: Failed to submit job. <class 'ValueError'>:job-x:v1 not found\n",
        );
    });

    describe("of a type that imports files of its worker", () => {
        const submit = ["job", "submit", "job-sar:v1", "--queue", "factotum-job_worker-small"];

        /** The worker as the program renders it. */
        async function given(...imports: string[]): Promise<Given> {
            const secret = { name: "my-project", key: "netrc" };
            const file = { path: "/home/ops/.netrc", source: { secret }, mode: 0o444 };
            const stack = await installHysds({ hysds: { workerFiles: [file] } });
            const worker = stack.inputs(
                "kubernetes:apps/v1:Deployment",
                "factotum-job-worker-small",
            );
            const named = Object.fromEntries(imports.map((each) => [each, "/home/ops/any"]));
            return {
                jobSpecs: { "job-sar:v1": { imported_worker_files: named } },
                deployments: [worker as unknown as FakeObject],
            };
        }

        it("is sent where the worker has them, or nothing can be known of them", async () => {
            const { submitted, stderr } = await run(
                submit,
                await given(
                    "$HOST_VERDI_HOME/.netrc",
                    "${HOME}/.aws",
                    "$HOST_VERDI_HOME/.netrc-os",
                    "${HYSDS_ROOT_WORK_DIR}/cache/orbits",
                    "/opt/hysds/etc/celeryconfig.py",
                ),
            );
            expect(stderr).toBe("");
            expect(submitted).toHaveLength(1);
        });

        it("is refused with those that the worker lacks, unless told otherwise", async () => {
            const lacking = await given(
                "$HOST_VERDI_HOME/.netrc",
                "$HOST_VERDI_HOME/verdi/etc/settings.yaml",
                "${HYSDS_ROOT_WORK_DIR}/etc/settings.yaml",
            );
            const { exitCode, stderr, submitted } = await run(submit, lacking);
            expect(exitCode).toBe(1);
            expect(submitted).toEqual([]);
            expect(stderr).toContain(
                "imports $HOST_VERDI_HOME/verdi/etc/settings.yaml, ${HYSDS_ROOT_WORK_DIR}/etc/settings.yaml, which factotum-job-worker-small",
            );
            await installation?.stop();
            expect((await run([...submit, "--unchecked"], lacking)).submitted).toHaveLength(1);
        });
    });

    it.each([
        [["job", "submit", "job-sar:v1"], "--queue"],
        [["job", "submit", "job-sar:v1", "-q", "q", "--priority", "10"], "from 0 to 9"],
        [["job", "submit", "job-sar:v1", "-q", "q", "--params", "absent.json"], "cannot be read"],
    ])("submits nothing for %j", async (args, problem) => {
        const { exitCode, stderr, submitted } = await run(args);
        expect({ exitCode, submitted }).toEqual({ exitCode: 2, submitted: [] });
        expect(stderr).toContain(problem);
    });
});

const JOBS = {
    ...job("a", "job-queued", { hour: 1, tags: ["nightly"] }),
    ...job("b", "job-started", { hour: 3 }),
    ...job("c", "job-failed", { hour: 2, type: "job-dem:v2", queue: "dem" }),
};

describe("job list", () => {
    const listed = async (...args: string[]) => {
        const { stdout } = await run(["--json", "job", "list", ...args], { jobs: JOBS });
        const { jobs, total } = JSON.parse(stdout) as { jobs: { id: string }[]; total: number };
        return { ids: jobs.map(({ id }) => id), total };
    };

    it("has the newest first", async () => {
        expect(await listed()).toEqual({ ids: ["b", "c", "a"], total: 3 });
    });

    it.each([
        [["--status", "job-failed"], ["c"]],
        [
            ["--type", "job-sar:v1"],
            ["b", "a"],
        ],
        [["--queue", "dem"], ["c"]],
        [["--tag", "nightly"], ["a"]],
        [["--status", "job-queued", "--queue", "dem"], []],
    ])("has those of %j", async (args, ids) => {
        expect(await listed(...args)).toEqual({ ids, total: ids.length });
    });

    it("has no more than asked for, and says how many there are", async () => {
        expect(await listed("--limit", "1")).toEqual({ ids: ["b"], total: 3 });
        const { stdout } = await run(["job", "list", "--limit", "1"], { jobs: JOBS });
        expect(stdout).toMatch(/^ID +STATUS +TYPE/);
        expect(stdout).toContain("1 of 3 jobs.");
    });

    it("knows the states that there are", async () => {
        expect(await run(["job", "list", "--status", "failed"])).toMatchObject({ exitCode: 2 });
    });
});

describe("job show", () => {
    it("prints all that Mozart knows", async () => {
        const { stdout } = await run(["job", "show", "b"], { jobs: JOBS });
        expect(JSON.parse(stdout)).toEqual(JOBS.b);
    });

    it("says that there is no such job", async () => {
        const { exitCode, stderr } = await run(["job", "show", "x"], { jobs: JOBS });
        expect({ exitCode, stderr }).toEqual({
            exitCode: 1,
            stderr: "error: Mozart refused: job info not found: x\n",
        });
    });
});

describe("job revoke", () => {
    it("marks the tasks for later workers, then tells the present ones to end them", async () => {
        const revoked = await run(["job", "revoke", "a", "b", "--yes"], { jobs: JOBS });
        expect(revoked.exitCode).toBe(0);
        expect([...revoked.marks]).toEqual([
            ["hysds-revoked-task-task-a", "job-queued for 1209600"],
            ["hysds-revoked-task-task-b", "job-started for 1209600"],
        ]);
        expect(revoked.published).toMatchObject([
            {
                method: "revoke",
                arguments: { task_id: ["task-a", "task-b"], terminate: true, signal: "SIGTERM" },
                destination: null,
                properties: { content_type: "application/json", content_encoding: "utf-8" },
            },
        ]);
    });

    it("shows what will be lost and asks", async () => {
        const { exitCode, stderr, published, marks } = await run(["job", "revoke", "b"], {
            jobs: JOBS,
        });
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(/b +job-started/);
        expect({ published, marks: marks.size }).toEqual({ published: [], marks: 0 });
    });

    it.each([
        ["has ended", ["job", "revoke", "a", "c", "--yes"], "c is job-failed"],
        ["is not there", ["job", "revoke", "a", "x", "--yes"], "there is no job x"],
    ])("revokes none when one %s", async (_what, args, problem) => {
        const { exitCode, stderr, published } = await run(args, { jobs: JOBS });
        expect({ exitCode, published }).toEqual({ exitCode: 1, published: [] });
        expect(stderr).toContain(problem);
    });

    it("wants --really in prod", async () => {
        const prod = { jobs: JOBS, environment: "prod" } as const;
        expect(await run(["job", "revoke", "b", "--yes"], prod)).toMatchObject({ exitCode: 1 });
        const really = await run(["job", "revoke", "b", "--yes", "--really"], prod);
        expect(really.published).toHaveLength(1);
    });

    it("says that no worker was there to be told", async () => {
        const alone = await run(["job", "revoke", "a", "--yes"], { jobs: JOBS, workers: 0 });
        expect(alone.exitCode).toBe(1);
        expect(alone.stderr).toContain("the jobs are marked");
        expect(alone.marks.size).toBe(1);
    });
});
