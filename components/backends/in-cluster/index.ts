import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace, Platform } from "../../platform/platform";
import { Settings } from "../../settings/settings";
import { StoreArgs } from "./store-args";

/**
 * The stores of HySDS that are StatefulSets, in a namespace of their own, for local stacks and for teams without
 * managed services: RabbitMQ, Redis or Valkey, OpenSearch or Elasticsearch, each one node with authentication on, and
 * an object store where the settings ask for one.
 */
export class InClusterBackends extends pulumi.ComponentResource {
    private readonly namespace: HysdsNamespace;

    constructor(
        private readonly prefix: string,
        private readonly args: { readonly settings: Settings; readonly platform: Platform },
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("hysds:component:InClusterBackends", prefix, {}, opts);
        const { settings, platform } = args;
        this.namespace = platform.namespace(settings.hysds.storesNamespace, "restricted");
        this.registerOutputs({ namespace: this.namespace.name });
    }

    /** Start of the names of a store's resources. */
    resourceName(store: string): string {
        return `${this.prefix}-${store}`;
    }

    /** @param store name of its StatefulSet and Service */
    storeArgs(store: string): StoreArgs {
        const { settings, platform } = this.args;
        return { settings, platform, namespace: this.namespace, store };
    }
}
