import { StoreContext } from "./context";
import { externalObjectStore } from "./external/object-store";
import { InClusterObjectStore } from "./in-cluster/object-store";
import { ObjectStore } from "./object-store";

/** Where datasets are published off AWS; undefined where nothing is. */
export function createObjectStore(context: StoreContext): ObjectStore | undefined {
    const { backends, hysds } = context.settings;
    const { objectStore } = backends;
    switch (objectStore.kind) {
        case "none":
            return undefined;
        case "external":
            return externalObjectStore(objectStore);
        case "in-cluster": {
            const { inCluster } = context;
            return new InClusterObjectStore(
                inCluster.resourceName("object-store"),
                {
                    ...inCluster.storeArgs("object-store"),
                    storageGiB: objectStore.storageGiB,
                    buckets: hysds.datasetBuckets,
                },
                { parent: inCluster },
            );
        }
    }
}
