import { beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "../../../components/hysds/catalog";
import { workers } from "../../../components/hysds/catalog/workload";
import { QueueScaling } from "../../../components/hysds/catalog/scaling";
import { HysdsSettings } from "../../../components/settings/settings";
import { SAR_POOL, hysdsSettings, installHysds } from "../../support/hysds";
import { Registered } from "../../support/mocks";
import { mainContainer, workload } from "../../support/workloads";
import { settingsOf } from "../settings/pulumi-config";

type Overrides = HysdsSettings["workloads"];

/** As a stack file's text becomes them, so that only what may be said is said here. */
function overrides(said: object): Overrides {
    const values = {
        "aws:region": "us-west-2",
        "hysds:workers": JSON.stringify([{ name: SAR_POOL.name, queue: SAR_POOL.queue }]),
        "hysds:workloads": JSON.stringify(said),
        "hysds:autoscaling": "keda",
    };
    return settingsOf({ values, secretKeys: [] }).hysds.workloads;
}

const HPA = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";

describe("what a stack says of single workloads", () => {
    let stack: Registered;

    beforeAll(async () => {
        const workloads = overrides({
            mozart: {
                replicas: 3,
                maxReplicas: 6,
                processes: 8,
                resources: { requests: { cpu: 1, memory: "2Gi" }, limits: { memory: "4Gi" } },
                env: { PROJECT: "sar", WEB_CONCURRENCY: "9" },
                envFrom: [{ secretRef: { name: "project" } }],
                annotations: { "example.org/team": "sar" },
                labels: { team: "sar" },
                nodeSelector: { disk: "fast" },
                tolerations: [{ key: "dedicated", operator: "Exists", effect: "NoSchedule" }],
                affinity: {
                    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] },
                },
                priorityClass: "project-critical",
                volumes: [
                    {
                        name: "project",
                        mountPath: "/data/project",
                        persistentVolumeClaim: { claimName: "project" },
                        readOnly: true,
                    },
                ],
            },
            "metrics-logstash-indexer": {
                resources: { requests: { memory: "4Gi" }, limits: { memory: "5Gi" } },
            },
            [SAR_POOL.name]: { nodeSelector: { gpu: "yes" }, env: { PROJECT: "sar" } },
        });
        stack = await installHysds({ hysds: { workers: [SAR_POOL], workloads } });
    });

    it("changes numbers and resources", () => {
        expect(workload(stack, "mozart").replicas).toBe(3);
        const { resources, env } = mainContainer(workload(stack, "mozart"));
        expect(resources).toMatchObject({
            requests: { cpu: "1000m", memory: "2048Mi" },
            limits: { cpu: "2000m", memory: "4096Mi" },
        });
        expect(env?.filter(({ name }) => name === "WEB_CONCURRENCY")).toEqual([
            { name: "WEB_CONCURRENCY", value: "9" },
        ]);
    });

    it("scales a service by its CPU, and leaves its number to the autoscaler", () => {
        expect(stack.inputs(HPA, "mozart")).toMatchObject({
            spec: {
                scaleTargetRef: { kind: "Deployment", name: "mozart" },
                minReplicas: 3,
                maxReplicas: 6,
            },
        });
        expect(stack.ofType(HPA)).toHaveLength(1);
    });

    it("adds to pods, and keeps what they have", () => {
        const { pod } = workload(stack, "mozart");
        expect(pod).toMatchObject({
            nodeSelector: { role: "services", disk: "fast" },
            tolerations: [{ key: "dedicated", operator: "Exists", effect: "NoSchedule" }],
            affinity: { podAntiAffinity: {} },
            priorityClassName: "project-critical",
            securityContext: { runAsNonRoot: true },
        });
        const main = mainContainer(workload(stack, "mozart"));
        expect(main).toMatchObject({ envFrom: [{ secretRef: { name: "project" } }] });
        expect(main.env).toContainEqual({ name: "PROJECT", value: "sar" });
        const mount = main.volumeMounts.find(({ mountPath }) => mountPath === "/data/project");
        expect(pod.volumes).toContainEqual({
            name: mount?.name,
            persistentVolumeClaim: { claimName: "project" },
        });
        const { template } = stack.inputs("kubernetes:apps/v1:Deployment", "mozart").spec as {
            template: { metadata: object };
        };
        expect(template.metadata).toMatchObject({
            labels: { team: "sar", "app.kubernetes.io/name": "mozart" },
            annotations: { "example.org/team": "sar" },
        });
    });

    it("gives Logstash's JVM the memory that its pod has got", () => {
        const { env } = mainContainer(workload(stack, "metrics-logstash-indexer"));
        const options = env?.find(({ name }) => name === "LS_JAVA_OPTS")?.value;
        expect(options).toContain("-Xmx2048m");
    });

    it("reaches worker pools, whose pods stay where jobs are and are not moved", () => {
        const { pod, annotations } = workload(stack, SAR_POOL.name);
        expect(pod.nodeSelector).toMatchObject({ gpu: "yes" });
        expect(Object.keys(pod.nodeSelector ?? {}).length).toBeGreaterThan(1);
        expect(mainContainer(workload(stack, SAR_POOL.name)).env).toContainEqual({
            name: "PROJECT",
            value: "sar",
        });
        expect(annotations).toMatchObject({ "karpenter.sh/do-not-disrupt": "true" });
    });

    it("leaves the others as they are", async () => {
        const plain = await installHysds({ hysds: { workers: [SAR_POOL] } });
        for (const name of ["grq2", "orchestrator-jobs", "process-events"]) {
            expect(workload(stack, name)).toEqual(workload(plain, name));
        }
    });
});

describe("what a stack says of queues", () => {
    function worker(name: string, said: object, autoscaling = hysdsSettings().autoscaling) {
        const workloads = overrides({ [name]: said });
        const settings = hysdsSettings({ hysds: { workloads }, settings: { autoscaling } });
        const found = workers(catalogue(settings)).find((each) => each.name === name);
        if (!found) {
            throw new Error(`no ${name}`);
        }
        return found;
    }

    it("is how many pods of how many processes", () => {
        expect(worker("orchestrator-jobs", { replicas: 4, processes: 6 }).layout).toEqual({
            replicas: 4,
            processesPerPod: 6,
            model: "prefork",
        });
        const spread = worker("orchestrator-jobs", { replicas: 8 }).layout;
        expect(spread).toMatchObject({ replicas: 8, processesPerPod: 4 });
    });

    it("is between which numbers KEDA scales them", () => {
        const keda = settingsOf({
            values: { "aws:region": "us-west-2", "hysds:autoscaling": "keda" },
            secretKeys: [],
        });
        const { scaling } = worker(
            "orchestrator-jobs",
            { replicas: 2, maxReplicas: 40 },
            keda.autoscaling,
        );
        expect(scaling).toMatchObject<Partial<QueueScaling>>({ minReplicas: 2, maxReplicas: 40 });
    });
});
