import * as k8s from "@pulumi/kubernetes";
import { isGiven } from "../examination";
import { cisEks } from "../references";
import { checksPods } from "../resources/pods";
import { ResourceCheck, rule } from "../rule";
import type { Settings } from "../setting";

export const defaultNamespace = checksPods(
    rule({
        name: "no-default-namespace",
        description:
            "Workloads live in a namespace of their own: default has neither a Pod Security level nor a NetworkPolicy.",
        reference: cisEks("4.5.2"),
        fix: "set metadata.namespace to a namespace of the stack.",
        severity: "medium",
    }),
    (_, context) => checkNamespace(context),
).checks(k8s.core.v1.Service, (_, context) => checkNamespace(context));

function checkNamespace({ report, resource }: ResourceCheck<Settings>): void {
    const metadata = (resource.props.metadata ?? {}) as { readonly namespace?: string };
    if (!isGiven(metadata, "namespace") || isDefault(() => metadata.namespace)) {
        report("the namespace is default");
    }
}

/** A namespace whose name is not known yet is one that the stack makes; `default` is always there. */
function isDefault(namespace: () => string | undefined): boolean {
    try {
        return namespace() === "default";
    } catch {
        return false;
    }
}
