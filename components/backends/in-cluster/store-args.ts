import { HysdsNamespace, Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";

/** What every in-cluster store is made of. */
export interface StoreArgs {
    readonly settings: Settings;
    readonly platform: Platform;
    /** Where the store lives. */
    readonly namespace: HysdsNamespace;
    /** Name of its StatefulSet and Service, such as `redis-mozart`. */
    readonly store: string;
}

/** The namespaces whose pods use stores: services and job workers. */
export function hysdsPeers(settings: Settings): { readonly namespace: string }[] {
    return [{ namespace: settings.hysds.namespace }, { namespace: settings.hysds.jobsNamespace }];
}
