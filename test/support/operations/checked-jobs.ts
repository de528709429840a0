import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { pkgCommand } from "../../../cli/commands/pkg";
import { Verdict } from "../../../cli/check/verdict";
import { HysdsSettings } from "../../../components/settings/settings";
import { installHysds, SAR_POOL } from "../hysds";
import { FakeInstallation } from "./fake-installation";
import { FakeKubernetes, FakeObject } from "./fake-kubernetes";
import { deploymentsOf } from "./fake-workloads";
import { CommandRun, runCommand } from "./run-command";
import { SearchCluster } from "./search-cluster";

/** The documents of a mission, in the forms that repositories have them in. */
export const MISSION = path.resolve(__dirname, "../../fixtures/mission");

/** A file that the workers have, as a Secret of the jobs' namespace. */
const NETRC = {
    path: "/home/ops/.netrc",
    source: { secret: { name: "mission", key: "netrc" } },
    mode: 0o444,
};

/** What a check of a command line said. */
export interface Checked extends CommandRun {
    readonly verdicts: readonly Verdict[];
    /** Of a document: each finding as `severity at: message -> fix`. */
    readonly of: (id: string) => readonly string[];
}

/** The workers of a stack with one pool, as the program renders them. */
export async function renderedWorkers(
    hysds: Partial<HysdsSettings> = {},
): Promise<readonly FakeObject[]> {
    const stack = await installHysds({
        hysds: { workers: [SAR_POOL], workerFiles: [NETRC], ...hysds },
    });
    return ["factotum-job-worker-small", "system-jobs-queue", SAR_POOL.name].map(
        (name) => stack.inputs("kubernetes:apps/v1:Deployment", name) as unknown as FakeObject,
    );
}

/** Runs `hysds-ops --json pkg …` on an installation with these workers and documents. */
export async function check(
    args: readonly string[],
    workers: readonly FakeObject[],
    cluster: SearchCluster = new SearchCluster(),
): Promise<Checked> {
    const installation = await FakeInstallation.start({
        targets: { "mozart-search": cluster.handler },
        kubernetes: new FakeKubernetes({ [deploymentsOf("hysds-jobs")]: workers }).handler,
    });
    try {
        const ran = await runCommand(["--json", "pkg", ...args], {
            commands: [pkgCommand],
            installation,
        });
        const verdicts = ran.exitCode === 2 ? [] : (JSON.parse(ran.stdout) as Verdict[]);
        return {
            ...ran,
            verdicts,
            of: (id) =>
                verdicts
                    .filter((verdict) => verdict.id === id)
                    .flatMap(({ findings }) => findings)
                    .map(
                        ({ severity, at, message, fix }) =>
                            `${severity} ${at}: ${message} -> ${fix}`,
                    ),
        };
    } finally {
        await installation.stop();
    }
}

/** Calls `use` with a directory that has these files, by their paths. */
export async function withFiles<T>(
    files: Readonly<Record<string, unknown>>,
    use: (directory: string) => Promise<T>,
): Promise<T> {
    const directory = await fs.mkdtemp(path.join(os.tmpdir(), "mission-"));
    try {
        for (const [name, content] of Object.entries(files)) {
            const file = path.join(directory, name);
            await fs.mkdir(path.dirname(file), { recursive: true });
            await fs.writeFile(
                file,
                typeof content === "string" ? content : JSON.stringify(content),
            );
        }
        return await use(directory);
    } finally {
        await fs.rm(directory, { recursive: true });
    }
}

/** A job specification that runs everywhere, with what a case says of it. */
export function spec(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    return { command: "/run.sh", disk_usage: "1GB", soft_time_limit: 60, params: [], ...changes };
}

/** The action of a job type without parameters. */
export const ACTION = { params: [] };

/** The check of job type `job-x` with what a case says of it. */
export function checkSpec(
    changes: Readonly<Record<string, unknown>>,
    on: readonly FakeObject[],
): Promise<Checked> {
    const action = { params: changes.params ?? [] };
    const files = { "docker/job-spec.json.x": spec(changes), "docker/hysds-io.json.x": action };
    return withFiles(files, (directory) => check(["check", directory], on));
}
