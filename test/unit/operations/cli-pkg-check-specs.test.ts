import { beforeAll, describe, expect, it } from "vitest";
import { SAR_POOL } from "../../support/hysds";
import { checkSpec, renderedWorkers } from "../../support/operations/checked-jobs";
import { FakeObject } from "../../support/operations/fake-kubernetes";

let workers: readonly FakeObject[];

beforeAll(async () => {
    workers = await renderedWorkers();
});

const POOL = { "recommended-queues": [SAR_POOL.queue] };

describe("pkg check of a job specification", () => {
    it.each([
        [
            "a file that no worker has",
            { imported_worker_files: { "$HOME/verdi/etc/settings.yaml": "/s.yaml" } },
            /is not on .*: the job fails before.*workerFiles\[N\].path' '~\/verdi\/etc\/settings.yaml'/,
        ],
        [
            "a file of the work directory",
            { imported_worker_files: { "${HYSDS_ROOT_WORK_DIR}/etc/a.conf": "/a" } },
            /workerFiles\[N\].path' '\/data\/work\/etc\/a.conf'/,
        ],
        [
            "a place that HySDS refuses",
            { imported_worker_files: { "/usr/share/zoneinfo": "/zones" } },
            /refuses to mount \/usr\/share\/zoneinfo/,
        ],
        [
            "a variable in a path",
            { imported_worker_files: { "$MISSION_HOME/a.yaml": "/a.yaml" } },
            /\$MISSION_HOME.*hysds:workloads\..*env.MISSION_HOME/,
        ],
        [
            "an import without a place",
            { imported_worker_files: { "$HOME/.netrc": [] } },
            /a path in the container, or a list/,
        ],
        [
            "a file of HySDS's own name",
            { imported_worker_files: { "$HOME/.aws/datasets.json": "/etc/d.json" } },
            /have one name/,
        ],
        [
            "a directory that the engine lacks",
            { runtime_options: { volume: "/efs/dem:/dem:ro" } },
            /\/efs\/dem is not in the engine.*refuses/,
        ],
        [
            "the same by mount",
            { runtime_options: { mount: "type=bind,source=/efs,target=/efs" } },
            /\/efs is not in the engine/,
        ],
        ["GPUs", { runtime_options: { gpus: "all" } }, /has no GPU/],
        ["GPUs by device", { runtime_options: { device: "nvidia.com/gpu=all" } }, /has no GPU/],
        [
            "more memory than a pool",
            { ...POOL, runtime_options: { memory: "20g" } },
            /may use 20g.*16 GiB.*hysds:workers\[N\].memory' 20Gi/,
        ],
        [
            "more disk than a pool",
            { ...POOL, disk_usage: "400GB" },
            /400 GiB.*300 GiB.*hysds:workers\[N\].diskGiB' 400/,
        ],
        [
            "more time than a pool",
            { ...POOL, soft_time_limit: 36000, time_limit: 40000 },
            /36000 s.*28800 s.*timeoutHours' 10/,
        ],
        ["a hard limit alone", { ...POOL, time_limit: 90000, soft_time_limit: null }, /90000 s/],
        [
            "more time than HySDS's own workers",
            { "required-queues": ["system-jobs-queue"], soft_time_limit: 90000 },
            /pulumi config set hysds:jobTimeoutHours 25/,
        ],
        [
            "an option that is misspelt",
            { runtime_options: { shm_size: "2g" } },
            /no engine has.*shm-size/,
        ],
        ["an option that is a list", { runtime_options: { env: ["A=1"] } }, /as Python prints it/],
        [
            "an option with an unknown variable",
            { runtime_options: { env: "A=$MISSION" } },
            /no variable \$MISSION/,
        ],
        ["no command", { command: null }, /there is no command/],
        [
            "a dependency without mappings",
            { dependency_images: [{ container_image_name: "a:v1", container_image_url: null }] },
            /has no container_mappings/,
        ],
        [
            "a dependency's import",
            {
                dependency_images: [
                    {
                        container_image_name: "a:v1",
                        container_image_url: null,
                        container_mappings: { "$HOME/x": "/x" },
                    },
                ],
            },
            /dependency_images\[0\].container_mappings: \$HOME\/x is not on/,
        ],
        [
            "a dependency's name",
            {
                dependency_images: [
                    {
                        container_image_name: "Orbits:v1",
                        container_image_url: null,
                        container_mappings: {},
                    },
                ],
            },
            /Orbits:v1 is no name/,
        ],
        [
            "a queue that nobody reads",
            { "recommended-queues": ["nisar-job_worker"] },
            /waits? for ever/,
        ],
    ])("refuses %s", async (_what, changes, finding) => {
        const { exitCode, of } = await checkSpec(changes, workers);
        expect(of("job-x").filter((each) => each.startsWith("problem"))).toContainEqual(
            expect.stringMatching(finding),
        );
        expect(exitCode).toBe(1);
    });

    it.each([
        [
            "what is there",
            {
                imported_worker_files: {
                    "$HOME/.netrc": "/n",
                    "$HOST_VERDI_HOME/.netrc-os": "/o",
                    "${HOME}/.aws": "/a",
                },
            },
        ],
        [
            "files of /etc, which HySDS takes on Kubernetes",
            { imported_worker_files: { "/etc/pki": "/etc/pki" } },
        ],
        [
            "an own celeryconfig.py in its place",
            { imported_worker_files: { "/opt/hysds/etc/celeryconfig.py": "celeryconfig.py" } },
        ],
        [
            "volumes of the work directory",
            { runtime_options: { volume: "/data/work/cache/dem:/dem" } },
        ],
        ["a limit as long as the pool's", { ...POOL, soft_time_limit: 28800, time_limit: 40000 }],
        [
            "a command with parameters",
            { command: "/run.sh $scene", params: [{ name: "scene", destination: "context" }] },
        ],
        ["no disk at all", { disk_usage: null }],
    ])("takes %s", async (_what, changes) => {
        const { exitCode, of } = await checkSpec(changes, workers);
        expect(of("job-x").filter((each) => each.startsWith("problem"))).toEqual([]);
        expect(exitCode).toBe(0);
    });
});
