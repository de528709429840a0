import { beforeAll, describe, expect, it } from "vitest";
import { CapturedResource, Evaluation } from "../../../workshop/plan/evaluation";
import { renderManifests } from "../../../workshop/plan/manifests";
import { reveal } from "../../../workshop/plan/secret";
import { SIMULATED_SECRET } from "../../../workshop/plan/simulated-outputs";
import { evaluated } from "../../support/evaluated";
import { createManifestCheck } from "../../support/manifest-check";

const SCALED_OBJECT = "kubernetes:keda.sh/v1alpha1:ScaledObject";
const AUTHENTICATION = "kubernetes:keda.sh/v1alpha1:TriggerAuthentication";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const RELEASE = "kubernetes:helm.sh/v3:Release";

const POOLS = JSON.stringify([
    { name: "verdi-sar", queue: "sar-job_worker", maxReplicas: 40, timeoutHours: 8 },
    { name: "verdi-kept", queue: "kept-job_worker", minReplicas: 2, maxReplicas: 6 },
    { name: "verdi-fixed", queue: "fixed-job_worker", minReplicas: 3, maxReplicas: 3 },
]);

const KEDA = { "hysds:autoscaling": "keda", "hysds:workers": POOLS };

interface ScaledObject {
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: {
        readonly scaleTargetRef: { readonly name: string };
        readonly minReplicaCount: number;
        readonly maxReplicaCount: number;
        readonly triggers: { readonly metadata: Record<string, string> }[];
    };
}

interface Deployment {
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: {
        readonly replicas: number;
        readonly template: {
            readonly spec: {
                readonly containers: { readonly image: string; readonly command: string[] }[];
            };
        };
    };
}

function ofType(stack: Evaluation, type: string): CapturedResource[] {
    return stack.resources.filter((resource) => resource.type === type);
}

function scaledObjects(stack: Evaluation): ScaledObject[] {
    return ofType(stack, SCALED_OBJECT).map(({ inputs }) => reveal(inputs) as ScaledObject);
}

/** Name, fewest, most and messages for a pod. */
function bounds(stack: Evaluation): [string, number, number, string | undefined][] {
    return scaledObjects(stack).map(({ metadata, spec }) => [
        metadata.name,
        spec.minReplicaCount,
        spec.maxReplicaCount,
        spec.triggers[0]?.metadata.value,
    ]);
}

function deployments(stack: Evaluation): Map<string, CapturedResource> {
    return new Map(ofType(stack, DEPLOYMENT).map((one) => [one.name, one]));
}

let off: Evaluation;
let local: Evaluation;
let prod: Evaluation;

beforeAll(async () => {
    off = await evaluated("prod", {
        "hysds:workers": POOLS,
        "hysds:autoscaling": "none",
        "hysds:nodeAutoscaler": "none",
    });
    local = await evaluated("local", { ...KEDA, "hysds:kedaInstall": "existing" });
    prod = await evaluated("prod", { ...KEDA, "hysds:autoscalingMaxPercent": "100" });
}, 60_000);

describe("without autoscaling", () => {
    it("there is nothing of it", () => {
        const types = [SCALED_OBJECT, AUTHENTICATION, RELEASE];
        expect(types.flatMap((type) => ofType(off, type))).toEqual([]);
        expect(off.resources.filter(({ name }) => name.includes("autoscaler"))).toEqual([]);
    });

    it("Pulumi keeps every Deployment at its number", () => {
        for (const [name, { options }] of deployments(off)) {
            expect(options.ignoreChanges, name).toEqual([]);
        }
    });
});

describe("queues scaled by KEDA", () => {
    it("are those of jobs, which go to zero, and services of several processes, which rest", () => {
        expect(bounds(prod)).toEqual([
            ["system-jobs-queue", 0, 4, "8"],
            ["factotum-job-worker-small", 0, 1, "1"],
            ["factotum-job-worker-large", 0, 1, "1"],
            ["verdi-sar", 0, 40, "1"],
            ["verdi-kept", 2, 6, "1"],
        ]);
        expect(bounds(local)).toContainEqual(["orchestrator-jobs", 1, 32, "10"]);
        expect(bounds(local)).toContainEqual(["user-rules-trigger", 1, 32, "10"]);
    });

    it("grow beyond what the services rest at as far as autoscalingMaxPercent says", async () => {
        const more = await evaluated("prod", { ...KEDA, "hysds:autoscalingMaxPercent": "300" });
        expect(bounds(more)).toContainEqual(["orchestrator-jobs", 2, 6, "160"]);
        expect(bounds(more)).toContainEqual(["user-rules-job", 4, 12, "160"]);
        expect(bounds(more)).toContainEqual(["system-jobs-queue", 0, 12, "8"]);
        const names = bounds(more).map(([name]) => name);
        expect(names).not.toContain("process-events-tasks");
    });

    it("count the messages that workers have in hand, which keeps busy workers counted", () => {
        for (const { spec } of scaledObjects(prod)) {
            expect(spec.triggers[0]?.metadata).toMatchObject({
                protocol: "http",
                mode: "QueueLength",
                excludeUnacknowledged: "false",
                activationValue: "0",
            });
        }
    });

    it("have a Deployment of their name, in their namespace, whose number Pulumi leaves alone", () => {
        for (const stack of [local, prod]) {
            const existing = deployments(stack);
            for (const { metadata, spec } of scaledObjects(stack)) {
                const target = existing.get(spec.scaleTargetRef.name);
                const deployment = reveal(target?.inputs) as Deployment;
                expect(deployment.metadata.namespace).toBe(metadata.namespace);
                expect(target?.options.ignoreChanges).toEqual(["spec.replicas"]);
                expect(deployment.spec.replicas).toBeGreaterThan(0);
            }
        }
    });

    it("leave the others to Pulumi", () => {
        const fixed = deployments(prod).get("verdi-fixed");
        expect(fixed?.options.ignoreChanges).toEqual([]);
        expect((reveal(fixed?.inputs) as Deployment).spec.replicas).toBe(3);
    });
});

describe("KEDA's way to the broker", () => {
    it("is in a Secret of each namespace, and in nothing else of KEDA's", () => {
        const authentications = ofType(prod, AUTHENTICATION).map(({ inputs }) => reveal(inputs));
        expect(authentications).toMatchObject([
            {
                metadata: { name: "queue-depth", namespace: "hysds-jobs" },
                spec: {
                    secretTargetRef: [
                        { parameter: "host", name: "queue-depth", key: "host" },
                        { parameter: "username", name: "queue-depth", key: "username" },
                        { parameter: "password", name: "queue-depth", key: "password" },
                    ],
                },
            },
        ]);
        expect(ofType(local, AUTHENTICATION)).toHaveLength(2);
        for (const type of [SCALED_OBJECT, AUTHENTICATION, RELEASE]) {
            expect(JSON.stringify(reveal(ofType(prod, type)))).not.toContain(SIMULATED_SECRET);
        }
        const secret = prod.resources.find(({ name }) => name === "queue-depth-jobs");
        expect(reveal(secret?.inputs)).toMatchObject({
            stringData: {
                host: expect.stringMatching(/^https:\/\/b-.*:443$/) as string,
                username: "hysds",
            },
        });
    });

    it("is open to its namespace alone, beside HySDS, where the broker is in the cluster", () => {
        const policies = ofType(local, "kubernetes:networking.k8s.io/v1:NetworkPolicy");
        const management = policies.filter(({ inputs }) =>
            JSON.stringify(inputs).includes("15672"),
        );
        expect(management).toHaveLength(1);
        expect(JSON.stringify(management)).toContain('"kubernetes.io/metadata.name":"keda"');
    });
});

describe("KEDA's objects", () => {
    it("fit the schema of their kinds", async () => {
        const check = await createManifestCheck();
        for (const { kind, name, body } of [...renderManifests(local), ...renderManifests(prod)]) {
            expect(await check(reveal(body)), `${kind} ${name}`).toEqual([]);
        }
    });

    it("go before KEDA does, as only it removes their finalizers", () => {
        const release = ofType(prod, RELEASE)[0];
        const own = [...ofType(prod, SCALED_OBJECT), ...ofType(prod, AUTHENTICATION)];
        for (const { name, dependencies, options } of own) {
            expect(dependencies, name).toContain(release?.urn);
            expect(options.deletedWith, name).toBeUndefined();
        }
    });

    it("come with KEDA's chart, or without where KEDA is there", () => {
        expect(reveal(ofType(prod, RELEASE)[0]?.inputs)).toMatchObject({
            chart: "keda",
            version: "2.20.2",
            namespace: "keda",
            repositoryOpts: { repo: "https://kedacore.github.io/charts" },
        });
        expect(ofType(local, RELEASE)).toEqual([]);
        expect(local.resources.map(({ name }) => name)).not.toContain("keda");
    });
});
