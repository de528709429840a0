import { beforeAll, describe, expect, it } from "vitest";
import { reveal } from "../../../workshop/plan/secret";
import { SAR_POOL, installHysds } from "../../support/hysds";
import { Registered } from "../../support/mocks";
import { Container, mainContainer, workload } from "../../support/workloads";

let installation: Registered;

beforeAll(async () => {
    installation = await installHysds({
        hysds: { workers: [SAR_POOL], datasetBuckets: ["scenes"] },
    });
});

describe("job workers", () => {
    const JOB_WORKERS: [string, number][] = [
        ["system-jobs-queue", 24],
        ["factotum-job-worker-small", 24],
        ["factotum-job-worker-large", 24],
        ["verdi-sar", 8],
    ];

    it.each(JOB_WORKERS)("%s ends after a job of %i hours, and is not moved", (name, hours) => {
        const { pod, annotations, namespace } = workload(installation, name);
        expect(pod.terminationGracePeriodSeconds).toBe(hours * 3600);
        expect(namespace).toBe("hysds-jobs");
        expect(pod.nodeSelector).toMatchObject({ role: "jobs" });
        expect(annotations).toMatchObject({
            "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
            "karpenter.sh/do-not-disrupt": "true",
        });
    });

    it("of a pool run where the platform has nodes for it", () => {
        const { pod } = workload(installation, "verdi-sar");
        expect(pod.nodeSelector).toEqual({ role: "jobs", workers: "verdi-sar" });
    });

    it.each(JOB_WORKERS)("%s has its engine as a sidecar that outlives it", (name) => {
        const { pod } = workload(installation, name);
        const engine = pod.initContainers?.find((each) => each.name === "podman");
        expect(engine).toMatchObject({
            restartPolicy: "Always",
            securityContext: { privileged: true },
        });
        const worker = mainContainer(workload(installation, name));
        const mounted = (container: Container | undefined, path: string) =>
            container?.volumeMounts.find(({ mountPath }) => mountPath === path)?.name;
        for (const path of [
            "/data/work",
            "/opt/hysds/etc/datasets.json",
            "/home/ops",
            "/run/user",
        ]) {
            expect(mounted(worker, path), path).toBeDefined();
            expect(mounted(engine, path), path).toBe(mounted(worker, path));
        }
    });

    it.each(["podman", "docker"] as const)(
        "find what HySDS mounts into each job, made for their user before %s listens",
        async (containerEngine) => {
            const { pod } = workload(
                await installHysds({ hysds: { containerEngine } }),
                "system-jobs-queue",
            );
            const engine = pod.initContainers?.find(({ name }) => name === containerEngine);
            const script = engine?.command[2] ?? "";
            expect(script.split(" && ")[0]).toBe(
                "install -d -o 1000 -g 1000 /data/work/jobs /data/work/tasks /data/work/workers /data/work/cache",
            );
        },
    );

    it("load the module that ends what jobs leave, and know the engine's client for it", () => {
        const { command, env } = mainContainer(workload(installation, "verdi-sar"));
        expect(command).toContain("--include=worker_heartbeat,job_leftovers");
        expect(env).toContainEqual({
            name: "HYSDS_ENGINE_CLIENT",
            value: "podman --remote --url unix:/run/user/1000/podman/podman.sock",
        });
        const rules = mainContainer(workload(installation, "user-rules-dataset"));
        expect(rules.command).toContain("--include=worker_heartbeat");
    });

    it("load the module that waits for a job's last state, where rules of jobs are asked", () => {
        const { command } = mainContainer(workload(installation, "user-rules-job"));
        expect(command).toContain("--include=worker_heartbeat,written_state");
    });

    it("give jobs the CPU, memory and disk of their pool", () => {
        const { pod, replicas } = workload(installation, "verdi-sar");
        expect(replicas).toBe(3);
        expect(pod.initContainers?.[0]?.resources).toEqual({
            requests: { cpu: "4000m", memory: "16384Mi" },
            limits: { cpu: "4000m", memory: "16384Mi" },
        });
        expect(pod.volumes.find(({ name }) => name === "work")?.emptyDir?.sizeLimit).toBe("300Gi");
        expect(mainContainer(workload(installation, "verdi-sar")).image).toBe(SAR_POOL.image);
    });

    it("name the variables that hysds.job_worker reads", () => {
        const { env } = mainContainer(workload(installation, "verdi-sar"));
        const values = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
        expect(values).toMatchObject({
            HYSDS_ROOT_WORK_DIR: "/data/work",
            HYSDS_DATASETS_CFG: "/opt/hysds/etc/datasets.json",
            HYSDS_CELERY_CFG: "/opt/hysds/etc/celeryconfig.py",
            HOST_VERDI_HOME: "/home/ops",
            HOST_UID: "1000",
        });
    });

    it("use docker where the settings say so, on a socket that both containers share", async () => {
        const docker = await installHysds({ hysds: { containerEngine: "docker" } });
        const worker = workload(docker, "factotum-job-worker-small");
        expect(worker.pod.initContainers?.[0]?.command.join(" ")).toContain(
            "--host=unix:///run/user/1000/docker.sock",
        );
        expect(mainContainer(worker).env).toContainEqual({
            name: "DOCKER_HOST",
            value: "unix:///run/user/1000/docker.sock",
        });
    });

    it("alone may use the dataset buckets, and nothing else on AWS", () => {
        const identities = installation.ofType("fake:index:Identity");
        const allowed = identities.filter(({ inputs }) => (inputs.statements as []).length > 0);
        expect(allowed.map(({ name }) => name).sort()).toEqual(["factotum-jobs", "verdi-jobs"]);
        for (const { inputs } of allowed) {
            const text = JSON.stringify(reveal(inputs.statements));
            expect(text).toContain("arn:aws-us-gov:s3:::scenes/*");
            expect(text).not.toMatch(/"(s3:)?\*"/);
        }
    });

    it("pull from ECR with their own role", async () => {
        const registry = "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/hysds";
        const images = { registry, tag: "v1", overrides: {} };
        const ecr = await installHysds({ settings: { images } });
        const { inputs } = ecr.one("fake:index:Identity", "factotum-jobs");
        expect(JSON.stringify(inputs.statements)).toContain(
            "arn:aws-us-gov:ecr:us-gov-west-1:123456789012:repository/hysds/*",
        );
        const { data } = ecr.inputs("kubernetes:core/v1:ConfigMap", "system-jobs-queue-registry");
        expect((data as Record<string, string>)["config.json"]).toContain("ecr-login");
    });
});
