import { beforeAll, describe, expect, it } from "vitest";
import { IMAGES } from "../../../components/kubernetes/images";
import { Evaluation } from "../../../workshop/plan/evaluation";
import { evaluated } from "../../support/evaluated";
import {
    ALWAYS_ALONE,
    ENGINES,
    EXACTLY_ONE,
    HYSDS_USER,
    RESTRICTED,
    STACKS,
    USERS,
    WITHOUT_LIVENESS,
    WITH_TOKEN,
} from "./expected";
import { Container, objectsOf, Pod, Workload, workloadsOf } from "./objects";

function containersOf({ initContainers = [], containers }: Pod): Container[] {
    return [...initContainers, ...containers];
}

function isService({ kind }: Workload): boolean {
    return kind !== "Job" && kind !== "CronJob";
}

function pods(workload: Workload): Readonly<Record<string, string>> {
    return {
        "app.kubernetes.io/name": workload.name,
        "app.kubernetes.io/component": workload.labels["app.kubernetes.io/component"] ?? "",
    };
}

describe.each(Object.entries(STACKS))("every workload of %s", (stack, settings) => {
    let evaluation: Evaluation;
    let workloads: Workload[];

    beforeAll(async () => {
        evaluation = await evaluated(stack, settings);
        workloads = workloadsOf(evaluation);
    }, 120_000);

    it("is there", () => {
        const kinds = new Set(workloads.map(({ kind }) => kind));
        const expected = ["Deployment", "DaemonSet", "Job", "CronJob"];
        expect([...kinds].sort()).toEqual(
            (stack === "local" ? [...expected, "StatefulSet"] : expected).sort(),
        );
        expect(workloads.length).toBeGreaterThan(30);
    });

    it("is found by its labels, and selects its own pods alone", () => {
        const common = {
            "app.kubernetes.io/part-of": "hysds",
            "app.kubernetes.io/managed-by": "pulumi",
        };
        for (const workload of workloads) {
            const own = pods(workload);
            expect(workload.labels).toMatchObject({ ...own, ...common });
            expect(workload.podLabels).toEqual({ ...own, ...common });
            if (isService(workload)) {
                expect(workload.spec.selector).toEqual({ matchLabels: own });
            }
        }
        const names = workloads.map(({ name, namespace }) => `${namespace}/${name}`);
        expect(new Set(names).size).toBe(names.length);
    });

    it("goes with its namespace, and to the cluster of the stack", () => {
        for (const { resource, namespace, name } of workloads) {
            expect([name, resource.options.deletedWith]).toEqual([
                name,
                expect.stringMatching(new RegExp(`:Namespace::${namespace}$`)),
            ]);
            expect(resource.options.provider).toBeDefined();
        }
    });

    it("runs as the image's user, under seccomp, and shares nothing with its node", () => {
        for (const { name, pod } of workloads) {
            const uid = USERS[name] ?? HYSDS_USER;
            expect([name, pod.securityContext]).toEqual([
                name,
                {
                    runAsNonRoot: true,
                    runAsUser: uid,
                    runAsGroup: uid,
                    fsGroup: uid,
                    fsGroupChangePolicy: "OnRootMismatch",
                    seccompProfile: { type: "RuntimeDefault" },
                },
            ]);
            const { hostNetwork, hostPID, hostIPC, volumes = [] } = pod;
            expect([hostNetwork, hostPID, hostIPC]).toEqual([undefined, undefined, undefined]);
            expect(volumes.filter((volume) => "hostPath" in volume)).toEqual([]);
            expect(pod.enableServiceLinks).toBe(false);
        }
    });

    it("has no rights of its own, but for the engine of job workers", () => {
        const engines = [];
        for (const { name, namespace, pod } of workloads) {
            for (const container of containersOf(pod)) {
                const engine = ENGINES[container.name];
                expect([name, container.name, container.securityContext]).toEqual([
                    name,
                    container.name,
                    engine ?? RESTRICTED,
                ]);
                if (engine) {
                    engines.push(name);
                    expect(namespace).toBe("hysds-jobs");
                }
            }
        }
        expect(engines).toContain("system-jobs-queue");
    });

    it("has the token of its account only where it asks the API server", () => {
        const withToken = workloads.filter(({ pod }) => pod.automountServiceAccountToken);
        expect(withToken.map(({ name }) => name)).toEqual(stack === "prod" ? WITH_TOKEN : []);
        for (const { name, pod } of workloads) {
            const isOfHysds = containersOf(pod).some(({ image }) => image.includes("/hysds/"));
            const { serviceAccountName } = pod;
            expect([name, isOfHysds && name !== "bootstrap", serviceAccountName]).toEqual([
                name,
                isOfHysds && name !== "bootstrap",
                isOfHysds && name !== "bootstrap" ? expect.any(String) : serviceAccountName,
            ]);
        }
    });

    it("runs images of images.yaml, within limits", () => {
        const repositories = IMAGES.pins.map(({ reference }) => reference.replace(/:[^/]*$/, ""));
        for (const { name, pod } of workloads) {
            for (const { image, resources } of containersOf(pod)) {
                const repository = image.replace(/:[^/]*$/, "");
                const isOwn = IMAGES.own.some((own) => repository.endsWith(`/hysds/${own}`));
                expect([name, image, isOwn || repositories.includes(repository)]).toEqual([
                    name,
                    image,
                    true,
                ]);
                expect(Object.keys(resources.requests ?? {})).toEqual(
                    expect.arrayContaining(["cpu", "memory"]),
                );
                expect(Object.keys(resources.limits ?? {})).toEqual(
                    expect.arrayContaining(["cpu", "memory"]),
                );
            }
        }
    });

    it("is asked whether it is ready and alive, where it serves", () => {
        for (const workload of workloads) {
            for (const { readinessProbe, livenessProbe } of workload.pod.containers) {
                const serves = isService(workload);
                const alive = serves && !WITHOUT_LIVENESS.includes(workload.name);
                expect([workload.name, !!readinessProbe, !!livenessProbe]).toEqual([
                    workload.name,
                    serves,
                    alive,
                ]);
            }
        }
    });

    it("gives up where it runs once, and is never run twice at a time", () => {
        for (const { kind, name, spec, pod } of workloads.filter((each) => !isService(each))) {
            const isCron = kind === "CronJob";
            const job = (isCron ? (spec["jobTemplate"] as { spec: object }).spec : spec) as Record<
                string,
                unknown
            >;
            expect([name, pod.restartPolicy]).toEqual([name, "Never"]);
            expect(job["backoffLimit"]).toBe(isCron ? 2 : 4);
            expect(job["activeDeadlineSeconds"]).toBe(isCron ? 6 * 3600 : 1800);
            if (isCron) {
                expect(spec).toMatchObject({
                    concurrencyPolicy: "Forbid",
                    timeZone: "Etc/UTC",
                    suspend: name.startsWith("restore-"),
                    startingDeadlineSeconds: 3600,
                });
            }
        }
        const always = workloads.filter(isService).map(({ pod }) => pod.restartPolicy);
        expect(new Set(always)).toEqual(new Set([undefined]));
    });

    it("is never without a pod while a new one starts, unless it must be alone", () => {
        const rolled = workloads.filter(
            ({ kind, name }) =>
                kind === "Deployment" &&
                !/exporter$|^cluster-autoscaler$/.test(name) &&
                !EXACTLY_ONE.includes(name),
        );
        for (const { name, spec } of rolled) {
            expect([name, spec.strategy]).toMatchObject([
                name,
                { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
            ]);
        }
        const alone = workloads.filter(({ spec }) => spec.strategy?.type === "Recreate");
        expect(alone.map(({ name }) => name).sort()).toEqual(EXACTLY_ONE);
        expect(alone.map(({ spec }) => spec.replicas)).toEqual(EXACTLY_ONE.map(() => 1));
    });

    it("keeps apart over zones and nodes, where there may be several", () => {
        for (const workload of workloads) {
            const keepsApart =
                ["Deployment", "DaemonSet"].includes(workload.kind) &&
                !ALWAYS_ALONE.includes(workload.name);
            const constraints = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map(
                (topologyKey) => ({
                    maxSkew: 1,
                    topologyKey,
                    whenUnsatisfiable: "ScheduleAnyway",
                    labelSelector: { matchLabels: pods(workload) },
                }),
            );
            expect([workload.name, workload.pod.topologySpreadConstraints]).toEqual([
                workload.name,
                keepsApart ? constraints : undefined,
            ]);
        }
    });

    it("lets a drain take one pod at a time where there are several, and does not block it with one", () => {
        const scaled = objectsOf<{ scaleTargetRef: { name: string }; maxReplicaCount: number }>(
            evaluation,
            "keda.sh/v1alpha1:ScaledObject",
        );
        const mostOf = ({ name, spec }: Workload): number =>
            scaled.find((each) => each.spec.scaleTargetRef.name === name)?.spec.maxReplicaCount ??
            spec.replicas ??
            1;
        const several = workloads.filter(
            (workload) => workload.kind === "Deployment" && mostOf(workload) > 1,
        );
        const budgets = objectsOf<object>(evaluation, "policy/v1:PodDisruptionBudget");
        const byName = (a: { name: string }, b: { name: string }): number =>
            a.name < b.name ? -1 : 1;
        expect([...budgets].sort(byName)).toEqual(
            several
                .map((workload) => ({
                    name: workload.name,
                    namespace: workload.namespace,
                    spec: {
                        maxUnavailable: 1,
                        selector: { matchLabels: pods(workload) },
                        unhealthyPodEvictionPolicy: "AlwaysAllow",
                    },
                }))
                .sort(byName),
        );
        const autoscaled = workloads.filter(
            ({ name, kind }) =>
                kind === "Deployment" &&
                scaled.some((each) => each.spec.scaleTargetRef.name === name),
        );
        for (const { name, resource } of autoscaled) {
            expect([name, resource.options.ignoreChanges]).toEqual([name, ["spec.replicas"]]);
        }
    });

    it("runs on the nodes that are meant for it", () => {
        const onAws = stack === "prod";
        for (const { name, namespace, pod } of workloads) {
            const isJobs = namespace === "hysds-jobs";
            const pool = onAws ? { "hysds.io/pool": isJobs ? "jobs" : "services" } : undefined;
            expect([name, pod.nodeSelector]).toEqual([name, pool]);
            expect([name, !!pod.tolerations?.length]).toEqual([name, onAws && isJobs]);
        }
    });
});

describe("a store in the cluster", () => {
    it.each([true, false])(
        "outlives what makes it, and the stack where it is protected: %s",
        async (protect) => {
            const stack = await evaluated("local", {
                "hysds:backups": "true",
                "hysds:monitoring": "prometheus",
                ...(protect ? { "hysds:protect": "true" } : {}),
            });
            const stores = workloadsOf(stack).filter(({ kind }) => kind === "StatefulSet");
            expect(stores.map(({ name }) => name).sort()).toEqual(
                expect.arrayContaining(["rabbitmq", "redis", "search"]),
            );
            for (const { name, spec, resource } of stores) {
                expect(spec).toMatchObject({
                    replicas: 1,
                    serviceName: `${name}-headless`,
                    persistentVolumeClaimRetentionPolicy: {
                        whenDeleted: "Retain",
                        whenScaled: "Retain",
                    },
                    volumeClaimTemplates: [
                        { metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"] } },
                    ],
                });
                expect(resource.options).toMatchObject({ protect, retainOnDelete: protect });
            }
        },
    );
});
