import { createBackends } from "../../components/backends";
import { Backends } from "../../components/backends/backends";
import { BackendsSettings } from "../../components/settings/settings";
import { fakePlatform } from "./hysds";
import { Registered, registered } from "./mocks";
import { awsSettings, inClusterBackends, managedBackends } from "./settings";
import { Container, PodSpec } from "./workloads";

/** Type of StatefulSets. */
export const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

type Changes = NonNullable<Parameters<typeof managedBackends>[0]>;

export interface BuiltStores {
    readonly stack: Registered;
    readonly backends: Backends;
}

/** Registers the in-cluster stores on a fake platform. */
export async function buildStores(
    changes: Changes = {},
    protect = false,
    objectStore: BackendsSettings["objectStore"] = { kind: "none" },
): Promise<BuiltStores> {
    const backends = { ...inClusterBackends(changes), objectStore };
    let made: Backends | undefined;
    const stack = await registered(() => {
        const settings = awsSettings({ backends, protect });
        const hysds = { ...settings.hysds, datasetBuckets: ["scenes", "pictures"] };
        made = createBackends({ ...settings, hysds }, fakePlatform(false));
    });
    if (!made) {
        throw new Error("createBackends did not run");
    }
    return { stack, backends: made };
}

interface StatefulSet {
    readonly spec: {
        readonly replicas: number;
        readonly template: { readonly spec: PodSpec };
        readonly volumeClaimTemplates: {
            readonly spec: { readonly resources: { readonly requests: { storage: string } } };
        }[];
    };
}

/** The StatefulSet of a store. */
export function statefulSet(stack: Registered, store: string): StatefulSet["spec"] {
    const inputs = stack.inputs(STATEFUL_SET, `stores-${store}-pods`);
    return (inputs as unknown as StatefulSet).spec;
}

/** The container of a store. */
export function storeContainer(stack: Registered, store: string): Container {
    const [found] = statefulSet(stack, store).template.spec.containers;
    if (!found) {
        throw new Error(`${store} has no container`);
    }
    return found;
}

/** A Valkey each for mozart and metrics, an OpenSearch each for mozart, grq and metrics. */
export const OPENSEARCH: Changes = {
    redis: { layout: "separate", engine: "valkey", engineVersion: "8.1", storageGiB: 5 },
    rabbitmq: { engineVersion: "4.2", consumerTimeoutHours: 96, username: "science" },
    search: {
        layout: "separate",
        engine: "opensearch",
        engineVersion: "2.19",
        memoryMiB: 1536,
        volumeGiB: 30,
    },
};

/** One Redis and one Elasticsearch. */
export const ELASTICSEARCH: Changes = {
    redis: { layout: "shared", engine: "redis", engineVersion: "7.1" },
    search: { layout: "shared", engine: "elasticsearch", engineVersion: "7.10" },
};
