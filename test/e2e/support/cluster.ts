import {
    ApisApi,
    AppsV1Api,
    CoreV1Api,
    CustomObjectsApi,
    KubeConfig,
    KubernetesObject,
    KubernetesObjectApi,
    V1APIResource,
    V1Deployment,
    V1StatefulSet,
} from "@kubernetes/client-node";

/** Kinds that the API server and its controllers write on their own. */
const ownedByTheCluster = new Set(["Event", "Lease", "Endpoints", "EndpointSlice", "Node"]);

/** What the tests ask of the real API server. */
export class Cluster {
    private readonly config = new KubeConfig();

    constructor(kubeconfigPath: string) {
        this.config.loadFromFile(kubeconfigPath);
    }

    async namespaces(): Promise<string[]> {
        const list = await this.config.makeApiClient(CoreV1Api).listNamespace();
        return list.items.map((item) => item.metadata?.name ?? "");
    }

    /** Deployments and StatefulSets of HySDS, by `namespace/name`. */
    async workloads(): Promise<Map<string, V1Deployment | V1StatefulSet>> {
        const api = this.config.makeApiClient(AppsV1Api);
        const labelSelector = "app.kubernetes.io/part-of=hysds";
        const [deployments, statefulSets] = await Promise.all([
            api.listDeploymentForAllNamespaces({ labelSelector }),
            api.listStatefulSetForAllNamespaces({ labelSelector }),
        ]);
        return new Map(
            [...deployments.items, ...statefulSets.items].map((item) => [
                `${item.metadata?.namespace}/${item.metadata?.name}`,
                item,
            ]),
        );
    }

    /** Every object of every kind that can be listed, but Secrets and what the cluster keeps for itself. */
    async objectsOutsideSecrets(): Promise<KubernetesObject[]> {
        const api = KubernetesObjectApi.makeApiClient(this.config);
        const objects: KubernetesObject[] = [];
        for (const { groupVersion, kind } of await this.listableKinds()) {
            objects.push(...(await api.list(groupVersion, kind)).items);
        }
        return objects;
    }

    private async listableKinds(): Promise<{ groupVersion: string; kind: string }[]> {
        const { groups } = await this.config.makeApiClient(ApisApi).getAPIVersions();
        const core = await this.config.makeApiClient(CoreV1Api).getAPIResources();
        const kinds = listable("v1", core.resources);
        const api = this.config.makeApiClient(CustomObjectsApi);
        for (const { name, preferredVersion } of groups) {
            if (preferredVersion) {
                const { version, groupVersion } = preferredVersion;
                const { resources } = await api.getAPIResources({ group: name, version });
                kinds.push(...listable(groupVersion, resources));
            }
        }
        return kinds;
    }
}

function listable(
    groupVersion: string,
    resources: readonly V1APIResource[],
): { groupVersion: string; kind: string }[] {
    return resources
        .filter(({ name, kind, verbs }) => {
            const ours = kind !== "Secret" && !ownedByTheCluster.has(kind);
            return ours && verbs.includes("list") && !name.includes("/");
        })
        .map(({ kind }) => ({ groupVersion, kind }));
}
