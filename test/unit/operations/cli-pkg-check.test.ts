import * as path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { SAR_POOL } from "../../support/hysds";
import {
    ACTION,
    check,
    Checked,
    checkSpec,
    MISSION,
    renderedWorkers,
    spec,
    withFiles,
} from "../../support/operations/checked-jobs";
import { FakeObject } from "../../support/operations/fake-kubernetes";
import { SearchCluster } from "../../support/operations/search-cluster";

let workers: readonly FakeObject[];

beforeAll(async () => {
    workers = await renderedWorkers();
});

const POOL = { "recommended-queues": [SAR_POOL.queue] };

describe("pkg check of a mission's directory", () => {
    let checked: Checked;

    beforeAll(async () => {
        checked = await check(["check", MISSION], workers);
    });

    it("says of each job type whether it runs, and where", () => {
        const results = checked.verdicts
            .filter(({ kind }) => kind === "job-spec")
            .map(({ id, runs, queues }) => [id, runs, queues]);
        expect(results).toEqual([
            [
                "job-mission",
                true,
                ["factotum-job_worker-small", "system-jobs-queue", SAR_POOL.queue],
            ],
            ["job-mosaic", false, []],
            ["job-slc", true, [SAR_POOL.queue]],
        ]);
        expect(checked.exitCode).toBe(1);
        expect(checked.of("job-slc")).toEqual([]);
    });

    it("says what each lacks, with what fixes it", () => {
        const found = checked.of("job-mosaic");
        for (const [at, message, fix] of [
            [
                "required_queues",
                /no worker reads queue mosaic-job_worker/,
                /hysds:workers\[1\].queue' mosaic-job_worker/,
            ],
            ["command", /HySDS fills in \$tile/, /a parameter tile/],
            ["disk_usage", /can't read "2TB"/, /"20GB"/],
            ["soft_time_limit", /no number/, /3600/],
            ["imported_worker_files", /have one name/, /another name/],
            ["imported_worker_files", /settings.yaml is not on/, /hysds:workerFiles/],
            ["runtime_options.privileged", /takes no value/, /remove/],
        ] as const) {
            expect(found).toContainEqual(
                expect.stringMatching(
                    new RegExp(
                        `^problem ${at.replaceAll(".", "\\.")}: .*${message.source}.* -> .*${fix.source}`,
                    ),
                ),
            );
        }
        expect(found).toContainEqual(
            expect.stringMatching(/^warning params\[1\].destination: .*never gets out/),
        );
        expect(found).toContainEqual(
            expect.stringMatching(/^warning command: nobody expands \$HOME/),
        );
    });

    it("prints tables for people", async () => {
        const text = await check(
            ["check", path.join(MISSION, "docker/job-spec.json.slc")],
            workers,
        );
        expect(text.exitCode).toBe(0);
        expect(text.verdicts.map(({ id }) => id)).toEqual(["job-slc"]);
    });
});

describe("pkg check", () => {
    it("takes a job that suits one of the queues that it names, and warns of the other", async () => {
        const { exitCode, of, verdicts } = await checkSpec(
            {
                disk_usage: "200GB",
                recommended_queues: ["factotum-job_worker-small", SAR_POOL.queue, "absent"],
            },
            workers,
        );
        expect(exitCode).toBe(0);
        expect(verdicts[0]?.queues).toEqual([SAR_POOL.queue]);
        expect(of("job-x")).toEqual([
            expect.stringMatching(/^warning recommended_queues: no worker reads queue absent/),
            expect.stringMatching(
                /^warning disk_usage: .*factotum-job-worker-small has 50 GiB.*a pool of hysds:workers with diskGiB 200/,
            ),
        ]);
    });

    it("says nothing of variables where a worker has some that can't be seen", async () => {
        const envFrom = [{ configMapRef: { name: "mission" } }];
        const open = await renderedWorkers({
            workloads: Object.fromEntries(
                ["factotum-job-worker-small", "system-jobs-queue", SAR_POOL.name].map((name) => [
                    name,
                    { envFrom },
                ]),
            ),
        });
        const imports = { imported_worker_files: { "$MISSION_HOME/a.yaml": "/a.yaml" } };
        expect((await checkSpec(imports, open)).of("job-x")).toEqual([]);
    });

    it("lets Docker start a job whose volume is empty, with a warning", async () => {
        const docker = await renderedWorkers({ containerEngine: "docker" });
        const { exitCode, of } = await checkSpec(
            { runtime_options: { volume: "/efs:/efs" } },
            docker,
        );
        expect(of("job-x")).toEqual([expect.stringMatching(/^warning .*finds it empty/)]);
        expect(exitCode).toBe(0);
    });

    it("warns of what Python's reader of JSON drops", async () => {
        const text = JSON.stringify(spec());
        const twice = text.replace(
            /^\{/,
            '{"imported_worker_files":{"$HOME/.aws":"/home/ops/.aws"},',
        );
        const imports = '"imported_worker_files":{},';
        const files = {
            "docker/job-spec.json.x": twice.replace(/,(?="command")/, `,${imports}`),
            "docker/hysds-io.json.x": ACTION,
        };
        const { exitCode, of } = await withFiles(files, (directory) =>
            check(["check", directory], workers),
        );
        expect(of("job-x")).toEqual([
            expect.stringMatching(/^warning imported_worker_files: it is there twice/),
        ]);
        expect(exitCode).toBe(0);
    });

    it("goes on behind a file that is no JSON", async () => {
        const files = {
            "docker/job-spec.json.broken": "{ nothing",
            "docker/job-spec.json.x": spec(),
            "docker/hysds-io.json.x": ACTION,
        };
        const { exitCode, verdicts } = await withFiles(files, (directory) =>
            check(["check", directory], workers),
        );
        expect(exitCode).toBe(1);
        expect(verdicts.filter(({ runs }) => !runs)).toMatchObject([
            {
                kind: "file",
                findings: [{ message: expect.stringMatching(/can't be read/) as string }],
            },
        ]);
    });

    it("reads a package's manifest, and refuses an image that no engine can pull", async () => {
        const manifest = {
            containers: { id: "container-SAR:v1", url: "container-sar-v1.tar.gz" },
            job_specs: [{ id: "job-sar:v1", container: "container-SAR:v1", ...spec() }],
            hysds_ios: [{ id: "hysds-io-sar:v1", "job-specification": "job-sar:v1", params: [] }],
        };
        const { of, exitCode } = await withFiles({ "manifest.json": manifest }, (directory) =>
            check(["check", directory], workers),
        );
        expect(exitCode).toBe(1);
        expect(of("container-SAR:v1")).toEqual([
            expect.stringMatching(/^problem id: container-SAR:v1 is no name of an image/),
            expect.stringMatching(/^warning url: HySDS can't get container-sar-v1.tar.gz/),
        ]);
        expect(of("job-sar:v1")).toEqual([]);
    });

    it("reads what is registered", async () => {
        const cluster = new SearchCluster({
            job_specs: { "job-sar:v1": spec({ disk_usage: "1TB" }) },
            containers: { "container-sar:v1": { id: "container-sar:v1", url: null } },
            "hysds_ios-grq": {
                "hysds-io-sar:v1": { "job-specification": "job-sar:v1", params: [] },
            },
        });
        const { of, exitCode, verdicts } = await check(["check", "--registered"], workers, cluster);
        expect(exitCode).toBe(1);
        expect(of("job-sar:v1")).toEqual([expect.stringMatching(/can't read "1TB"/)]);
        expect(verdicts.find(({ kind }) => kind === "container")?.runs).toBe(true);
    });

    it.each([
        [["check"], /name files or directories/],
        [["check", "absent"], /absent cannot be read/],
        [["check", __filename], /nothing that can be checked/],
        [
            ["check", MISSION, "--settings", "dev"],
            /"npx hysds-ops --json pkg workers --settings dev"/,
        ],
        [["check", MISSION, "--settings", "dev", "--workers", "w.json"], /either/],
        [["check", MISSION, "--workers", __filename], /does not describe workers/],
    ])("%j is wrong usage", async (args, message) => {
        const { exitCode, stderr } = await check(args, workers);
        expect(exitCode).toBe(2);
        expect(stderr).toMatch(message);
    });
});

describe("pkg workers", () => {
    it("prints a file that pkg check takes in place of the cluster", async () => {
        const { stdout } = await check(["workers"], workers);
        const files = {
            "workers.json": stdout,
            "docker/job-spec.json.x": spec(POOL),
            "docker/hysds-io.json.x": ACTION,
        };
        const { exitCode, verdicts } = await withFiles(files, (directory) =>
            check(["check", `${directory}/docker`, "--workers", `${directory}/workers.json`], []),
        );
        expect(exitCode).toBe(0);
        expect(verdicts[0]).toMatchObject({ runs: true, queues: [SAR_POOL.queue] });
    });
});
