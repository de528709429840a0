import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { helloCommand } from "../../../cli/commands/hello";
import { HELLO_IMAGE, HELLO_SCRIPT } from "../../../cli/hello/hello-package";
import { Installation } from "../../../cli/installation";
import { FakeAnswer, FakeHandler, FakeRequest } from "../../support/operations/fake-server";
import { ExecServer, Executed } from "../../support/operations/exec-server";
import { FakeInstallation } from "../../support/operations/fake-installation";
import { CommandRun, runCommand } from "../../support/operations/run-command";
import { SearchCluster } from "../../support/operations/search-cluster";

const QUEUE = "factotum-job_worker-small";
const POOL = "factotum-job-worker-small";
const STATES = "job_status-2026.11.28";

const NOT_FOUND: FakeAnswer = { status: 404, body: { kind: "Status", code: 404 } };

interface Given {
    /** States that the job takes, one more each time that somebody looks; the last one stays. */
    readonly states?: readonly Record<string, unknown>[];
    readonly simulated?: boolean;
    readonly pods?: readonly string[];
    readonly complaint?: string;
    readonly ingested?: boolean;
    readonly args?: readonly string[];
}

const COMPLETED = [
    { status: "job-queued" },
    { status: "job-started" },
    { status: "job-completed" },
];

/** Kubernetes with one pool of job workers. */
function cluster({ simulated = false, pods = ["pool-1", "pool-2"] }: Given): FakeHandler {
    const labels = { "app.kubernetes.io/part-of": "hysds" };
    const workload = {
        metadata: {
            name: POOL,
            namespace: "hysds-jobs",
            labels,
            annotations: { "hysds/queue": QUEUE },
        },
        spec: { replicas: 2, selector: { matchLabels: { "app.kubernetes.io/name": POOL } } },
    };
    const ready = [{ type: "Ready", status: "True" }];
    return ({ path: at, query }) => {
        if (at === "/api/v1/nodes") {
            const annotations = simulated ? { "kwok.x-k8s.io/node": "fake" } : {};
            return { body: { items: [{ metadata: { name: "node", annotations } }] } };
        }
        if (at === "/apis/apps/v1/namespaces/hysds-jobs/deployments") {
            return { body: { items: [workload] } };
        }
        const ofPool = query.get("labelSelector") === `app.kubernetes.io/name=${POOL}`;
        if (at === "/api/v1/namespaces/hysds-jobs/pods" && ofPool) {
            const items = pods.map((name) => ({
                metadata: { name },
                status: { conditions: ready },
            }));
            return { body: { items } };
        }
        return /\/(deployments|statefulsets|daemonsets)$/.test(at)
            ? { body: { items: [] } }
            : NOT_FOUND;
    };
}

/** Mozart, whose job has a new state each time that its index is asked for it. */
class Jobs {
    public readonly submitted: Record<string, string>[] = [];
    public readonly index = new SearchCluster({}, { "job_status-current": STATES });
    private looked = 0;

    constructor(private readonly states: readonly Record<string, unknown>[]) {}

    readonly mozart = (request: FakeRequest): FakeAnswer => {
        if (`${request.method} ${request.path}` !== "POST /api/v0.1/job/submit") {
            return NOT_FOUND;
        }
        this.submitted.push(Object.fromEntries(new URLSearchParams(request.text)));
        return { body: { success: true, message: "", result: "payload-1" } };
    };

    readonly search: FakeHandler = (request) => {
        const state = this.states[Math.min(this.looked, this.states.length - 1)];
        if (request.path === "/job_status-current/_search" && state) {
            this.looked += 1;
            const hit = { _id: "payload-1", _index: STATES, _source: state };
            return { body: { hits: { hits: [hit], total: { value: 1 } } } };
        }
        return this.index.handler(request);
    };

    get dataset(): string {
        const { dataset_id: id } = JSON.parse(this.submitted[0]?.params ?? "{}") as {
            dataset_id: string;
        };
        return id;
    }
}

let installation: FakeInstallation | undefined;
let server: ExecServer | undefined;

afterEach(async () => {
    await installation?.stop();
    await server?.stop();
});

interface HelloRun extends CommandRun {
    readonly jobs: Jobs;
    readonly executed: readonly Executed[];
}

async function hello(given: Given = {}): Promise<HelloRun> {
    const jobs = new Jobs(given.states ?? COMPLETED);
    server = await ExecServer.start(cluster(given), () => given.complaint);
    installation = await FakeInstallation.start({
        targets: {
            mozart: jobs.mozart,
            "mozart-search": jobs.search,
            "grq-search": (request) => {
                const found = (given.ingested ?? true) && request.path === "/grq/_search";
                const _source = { urls: [`s3://object-store:443/datasets/${jobs.dataset}`] };
                const all = found ? [{ _id: jobs.dataset, _index: "grq", _source }] : [];
                return { body: { hits: { hits: all, total: { value: all.length } } } };
            },
        },
    });
    const withExec = Object.create(installation, {
        kubernetes: { value: server.kubernetes },
    }) as Installation;
    const ran = await runCommand(["hello", "--timeout", "2", ...(given.args ?? [])], {
        commands: [helloCommand],
        installation: withExec,
    });
    return { ...ran, jobs, executed: server.executed };
}

describe("hello", () => {
    it("goes from the package to the dataset, and shows each state", async () => {
        const { exitCode, stdout, stderr, jobs } = await hello({ args: ["--name", "Ada"] });
        expect(stderr.match(/^\w+(?= +\d+\.\d s)/gm)).toEqual([
            ...["registered", "image", "submitted", "queued", "started", "completed"],
            "ingested",
        ]);
        expect(stdout).toContain(`s3://object-store:443/datasets/${jobs.dataset}`);
        expect(stdout).toContain(`hysds-ops job submit job-hello:v1 --queue ${QUEUE}`);
        expect(exitCode).toBe(0);
        expect(jobs.submitted[0]).toMatchObject({ type: "job-hello:v1", queue: QUEUE });
        expect(JSON.parse(jobs.submitted[0]?.params ?? "")).toMatchObject({ name: "Ada" });
    });

    it("registers a package as pkg import does", async () => {
        const { jobs } = await hello();
        expect(Object.keys(jobs.index.sources("containers"))).toEqual([HELLO_IMAGE]);
        expect(jobs.index.sources("job_specs")).toMatchObject({
            "job-hello:v1": { container: HELLO_IMAGE, command: "/hello" },
        });
        // HySDS finds the form of job-X at hysds-io-X.
        expect(Object.keys(jobs.index.sources("hysds_ios-grq"))).toEqual(["hysds-io-hello:v1"]);
    });

    it("puts the image beside every worker of the queue", async () => {
        const { executed } = await hello();
        expect(executed.map(({ pod }) => pod).sort()).toEqual(["pool-1", "pool-2"]);
        for (const { container, command } of executed) {
            expect(container).toBe(POOL);
            expect(command.slice(0, 2)).toEqual(["python3", "-c"]);
            expect(command.slice(3)).toEqual([HELLO_IMAGE, HELLO_SCRIPT]);
        }
    });

    it("tells states that pass between two looks", async () => {
        const { stderr } = await hello({ states: [{ status: "job-completed" }] });
        expect(stderr).toMatch(/queued .*\nstarted .*\ncompleted /);
    });

    it("ends with 1 and the job's error where it fails, and with what the doctor finds", async () => {
        const { exitCode, stdout } = await hello({
            states: [{ status: "job-failed", short_error: "no space left" }],
        });
        expect(exitCode).toBe(1);
        expect(stdout).toContain('Stopped before "queued": job payload-1 is job-failed: no space');
        expect(stdout).toMatch(/^broker +rabbitmq does not answer/m);
    });

    it("ends with 1 where a state does not come", async () => {
        const { exitCode, stdout } = await hello({ states: [{ status: "job-queued" }] });
        expect(exitCode).toBe(1);
        expect(stdout).toContain(
            'Stopped before "started": job payload-1 is not started after 2 s',
        );
    });

    it("ends with 1 where the dataset does not arrive", async () => {
        const { exitCode, stdout, jobs } = await hello({ ingested: false });
        expect(exitCode).toBe(1);
        expect(stdout).toContain(`Stopped before "ingested": GRQ has no dataset ${jobs.dataset}`);
    });

    it("ends before it submits where a worker cannot make the image", async () => {
        const { exitCode, stdout, jobs } = await hello({ complaint: "Cannot connect to Podman\n" });
        expect(exitCode).toBe(1);
        expect(stdout).toMatch(/python3 in hysds-jobs\/pool-\d failed: Cannot connect to Podman/);
        expect(jobs.submitted).toEqual([]);
    });

    it.each([
        [{ pods: [] }, 'no worker of queue factotum-job_worker-small is ready: "hysds-ops start'],
        [{ args: ["--queue", "nobody"] }, `--queue takes ${QUEUE}`],
    ])("names what to do where nobody would take the job", async (given, said) => {
        const { exitCode, stdout } = await hello(given);
        expect({ exitCode, said: stdout.includes(said) }).toEqual({ exitCode: 1, said: true });
    });

    it("says in one line that nothing runs on simulated nodes", async () => {
        const { exitCode, stdout, stderr, executed } = await hello({ simulated: true });
        expect(exitCode).toBe(1);
        expect(stdout).toBe("");
        expect(stderr).toMatch(/^error: .*no container runs there.*--context minikube.*\n$/);
        expect(executed).toEqual([]);
    });
});

describe("the image of the first job", () => {
    let folder: string;
    afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

    /** What podman was given to import, unpacked; `podman` and `ldd` are the worker's. */
    function imported(known: boolean): { readonly root: string; readonly asked: string[] } {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "hello-"));
        const root = path.join(folder, "root");
        const log = path.join(folder, "log");
        fs.mkdirSync(root);
        const podman = [
            "#!/bin/sh",
            'test "$1 $2" = "--remote --url" || exit 125',
            `echo "$3 $4 $5 $6" >> ${log}`,
            `case "$4" in image) exit ${known ? 0 : 125};; import) tar -xf - -C ${root};; *) exit 125;; esac`,
        ].join("\n");
        fs.writeFileSync(path.join(folder, "podman"), podman, { mode: 0o755 });
        const program = path.resolve(__dirname, "../../../cli/hello/make_image.py");
        execFileSync("python3", [program, HELLO_IMAGE, HELLO_SCRIPT], {
            env: { PATH: `${folder}:${process.env.PATH}`, XDG_RUNTIME_DIR: "/run/user/1000" },
        });
        return { root, asked: fs.readFileSync(log, "utf8").trim().split("\n") };
    }

    it("has a shell that runs the job, which makes a dataset", () => {
        const { root } = imported(false);
        const loader = execFileSync("find", [root, "-name", "ld-linux*"], { encoding: "utf8" });
        expect(loader).toMatch(/ld-linux/);
        const dataset = "hello-20261128T103000-abc123";
        execFileSync(path.join(root, "bin/sh"), [path.join(root, "hello"), dataset, "Ada"], {
            cwd: folder,
            env: { PATH: path.join(root, "bin") },
        });
        const made = (name: string) => fs.readFileSync(path.join(folder, dataset, name), "utf8");
        expect(made("hello.txt")).toBe("Hello, Ada\n");
        expect(JSON.parse(made(`${dataset}.dataset.json`))).toEqual({ version: "v1" });
        expect(JSON.parse(made(`${dataset}.met.json`))).toEqual({ made_by: "hysds-ops hello" });
    });

    it("is imported by podman's socket, under the name by which HySDS looks for it", () => {
        expect(imported(false).asked).toEqual([
            `unix:/run/user/1000/podman/podman.sock image inspect ${HELLO_IMAGE}`,
            `unix:/run/user/1000/podman/podman.sock import - ${HELLO_IMAGE}`,
        ]);
    });

    it("is left alone where it is", () => {
        expect(imported(true).asked).toHaveLength(1);
    });
});
