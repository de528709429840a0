import { Platform } from "../platform/platform";
import { Settings } from "../settings/settings";
import { ManagedBackends } from "./aws";
import { InClusterBackends } from "./in-cluster";

/** What stores are made from, and the components that they are part of: each is made with the first of its stores. */
export class StoreContext {
    private managed?: ManagedBackends;
    private ownStores?: InClusterBackends;

    constructor(
        public readonly settings: Settings,
        public readonly platform: Platform,
    ) {}

    /** Parent of what AWS runs. */
    get aws(): ManagedBackends {
        this.managed ??= new ManagedBackends(this.settings.namePrefix, this);
        return this.managed;
    }

    /** Parent of what runs in the cluster. */
    get inCluster(): InClusterBackends {
        this.ownStores ??= new InClusterBackends("stores", this);
        return this.ownStores;
    }
}
