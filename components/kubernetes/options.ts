import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace, Platform } from "../platform/platform";

/**
 * Options of a Kubernetes resource that lives in a namespace: the platform's provider, and `deletedWith` the
 * namespace, so that destroying a stack deletes one namespace instead of every object in it. The namespace's own
 * deletion waits for finalizers: load balancers of Services and volumes behind claims are released before it ends.
 */
export function inNamespace(
    parent: pulumi.Resource,
    platform: Platform,
    namespace: HysdsNamespace,
): pulumi.CustomResourceOptions {
    return { parent, provider: platform.provider, deletedWith: namespace.resource };
}
