import { beforeAll, describe, expect, it } from "vitest";
import { installHysds } from "../../support/hysds";
import { Registered } from "../../support/mocks";
import { awsSettings } from "../../support/settings";
import { Workload, mainContainer, workload, workloads } from "../../support/workloads";

let installation: Registered;

beforeAll(async () => {
    installation = await installHysds();
});

describe("order", () => {
    it("has the indices made before anything writes to them or serves them", () => {
        const job = installation.one("kubernetes:batch/v1:Job");
        const after = workloads(installation)
            .filter(({ kind }) => kind === "apps/v1:Deployment")
            .filter(({ name }) => {
                const resource = installation.one("kubernetes:apps/v1:Deployment", name);
                return resource.dependencies.includes(job.urn);
            })
            .map(({ name }) => name);
        expect(after.sort()).toEqual([
            "grq2",
            "metrics-logstash-indexer",
            "mozart",
            "mozart-logstash-indexer",
            "pele",
        ]);
    });

    it("has nothing start before the stores exist", () => {
        const store = installation.one("fake:index:Store").urn;
        for (const { kind, name } of workloads(installation)) {
            const resource = installation.all.find(
                (each) => each.type === `kubernetes:${kind}` && each.name === name,
            );
            expect(resource && installation.ancestors(resource).has(store), name).toBe(true);
        }
    });
});

describe("dashboards", () => {
    const opensearch = async (searchCredentials: boolean): Promise<Workload> => {
        const { backends } = awsSettings();
        const search = { ...backends.search, engine: "opensearch", engineVersion: "2.19" } as const;
        const settings = { backends: { ...backends, search } };
        return workload(await installHysds({ settings, searchCredentials }), "kibana");
    };
    const PLUGIN = "/usr/share/opensearch-dashboards/plugins/securityDashboards";

    it("are Kibana of the engine's last open release for Elasticsearch", () => {
        const { image } = mainContainer(workload(installation, "kibana"));
        expect(image).toBe("docker.elastic.co/kibana/kibana-oss:7.10.2");
    });

    it("are OpenSearch Dashboards of the cluster's version for OpenSearch", async () => {
        const { image, volumeMounts } = mainContainer(await opensearch(true));
        expect(image).toMatch(/opensearch-dashboards:2\.19\.\d+$/);
        expect(volumeMounts.map(({ mountPath }) => mountPath)).not.toContain(PLUGIN);
    });

    it("go without the security plugin where the cluster has no security", async () => {
        const { volumeMounts } = mainContainer(await opensearch(false));
        expect(volumeMounts.map(({ mountPath }) => mountPath)).toContain(PLUGIN);
    });
});

describe("who may connect", () => {
    const peers = (name: string): unknown => {
        const { spec } = installation.inputs("kubernetes:networking.k8s.io/v1:NetworkPolicy", name);
        return (spec as { ingress: { from: unknown }[] }).ingress[0]?.from;
    };

    it.each(["mozart", "grq2", "pele"])("to %s: pods of HySDS, jobs included", (name) => {
        expect(JSON.stringify(peers(name))).toContain('"hysds-jobs"');
    });

    it.each(["kibana", "flower", "hysds-ui"])("to %s: the gateway alone", (name) => {
        expect(peers(name)).toEqual([
            {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "hysds" } },
                podSelector: {
                    matchLabels: {
                        "app.kubernetes.io/name": "gateway",
                        "app.kubernetes.io/component": "gateway",
                    },
                },
            },
        ]);
    });
});

describe("a node that is drained", () => {
    it("takes one pod at a time of what has several, and is not blocked by what has one", () => {
        const budgets = installation.ofType("kubernetes:policy/v1:PodDisruptionBudget");
        const several = workloads(installation).filter(({ replicas }) => replicas > 1);
        expect(budgets.map(({ name }) => name).sort()).toEqual(
            several.map(({ name }) => name).sort(),
        );
        expect(budgets.map(({ inputs }) => inputs.spec)).toEqual(
            budgets.map(() => expect.objectContaining({ maxUnavailable: 1 }) as unknown),
        );
    });
});
