import { AppsV1Api, CustomObjectsApi, KubeConfig } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { ChartRepository, startKedaRepository } from "./support/chart-repository";
import { Cluster } from "./support/cluster";
import { changedResources, StackUnderTest, visitedResources } from "./support/stack";

const CHART_VERSION = "2.20.2";
const SCALED = { name: "orchestrator-jobs", namespace: "hysds" };

interface ScaledObjects {
    readonly items: readonly { readonly metadata: { readonly name: string } }[];
}

describe.sequential("the local stack with workers scaled by KEDA", () => {
    const cluster = new Cluster(inject("kubeconfig"));
    const config = new KubeConfig();
    let charts: ChartRepository;
    let stack: StackUnderTest;

    async function replicas(): Promise<number | undefined> {
        const { spec } = await config.makeApiClient(AppsV1Api).readNamespacedDeployment(SCALED);
        return spec?.replicas;
    }

    /** What a HorizontalPodAutoscaler does. */
    async function scaleTo(count: number): Promise<void> {
        const api = config.makeApiClient(AppsV1Api);
        const body = await api.readNamespacedDeploymentScale(SCALED);
        await api.replaceNamespacedDeploymentScale({
            ...SCALED,
            body: { ...body, spec: { replicas: count } },
        });
    }

    beforeAll(async () => {
        config.loadFromFile(inject("kubeconfig"));
        charts = await startKedaRepository(CHART_VERSION);
        stack = await StackUnderTest.open({
            name: "local",
            env: { KUBECONFIG: inject("kubeconfig") },
            config: {
                "hysds:autoscaling": "keda",
                "hysds:kedaChartRepository": charts.url,
                "hysds:kedaChartVersion": CHART_VERSION,
            },
        });
    });
    afterAll(async () => {
        await stack.destroy();
        await stack.dispose();
        await charts.stop();
    });

    it("shows the rules in its preview, before the cluster knows their kind", async () => {
        const urns = [...visitedResources(await stack.preview())];
        const rule = `keda.sh/v1alpha1:ScaledObject::${SCALED.name}-scaling`;
        expect(urns.filter((urn) => urn.endsWith(rule))).toHaveLength(1);
    });

    it("comes up with a rule for each queue that is scaled", async () => {
        await stack.up();
        const { items } = (await config.makeApiClient(CustomObjectsApi).listNamespacedCustomObject({
            group: "keda.sh",
            version: "v1alpha1",
            namespace: SCALED.namespace,
            plural: "scaledobjects",
        })) as ScaledObjects;
        const workloads = await cluster.workloads();
        expect(items.map(({ metadata }) => metadata.name)).toContain(SCALED.name);
        for (const { metadata } of items) {
            expect(workloads.get(`${SCALED.namespace}/${metadata.name}`)).toBeDefined();
        }
    });

    it("leaves the number of workers to KEDA: unchanged, refreshed and rolled", async () => {
        await scaleTo(2);
        expect(Object.fromEntries(changedResources(await stack.up()))).toEqual({});
        expect(await replicas()).toBe(2);

        await stack.refresh();
        expect(Object.fromEntries(changedResources(await stack.up()))).toEqual({});
        expect(await replicas()).toBe(2);

        await stack.configure({ "hysds:imageTag": "0.1.1" });
        const changed = [...changedResources(await stack.up()).keys()];
        expect(changed.some((urn) => urn.endsWith(`::${SCALED.name}`))).toBe(true);
        expect(await replicas()).toBe(2);
    });

    it("takes the number back from KEDA by force alone when autoscaling is turned off", async () => {
        // They would do nothing without it, and are refused.
        await stack.cli("config", "rm", "hysds:kedaChartRepository");
        await stack.cli("config", "rm", "hysds:kedaChartVersion");
        await stack.configure({ "hysds:autoscaling": "none" });
        const refused: unknown = await stack
            .cli("up", "--yes", "--skip-preview")
            .catch((failure: unknown) => failure);
        expect((refused as { stdout?: string }).stdout).toMatch(/conflict/i);
        expect(await replicas()).toBe(2);

        vi.stubEnv("PULUMI_K8S_ENABLE_PATCH_FORCE", "true");
        await stack.cli("up", "--yes", "--skip-preview");
        vi.unstubAllEnvs();
        expect(await replicas()).toBe(1);
    });

    it("leaves nothing when it is destroyed", async () => {
        await stack.destroy();
        const left = (await cluster.namespaces()).filter((name) => /^(hysds|keda)/.test(name));
        expect(left).toEqual([]);
    });
});
