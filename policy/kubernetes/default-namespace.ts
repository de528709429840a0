import * as k8s from "@pulumi/kubernetes";
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
    ({ namespace }, context) => checkNamespace(namespace(), context),
).checks(k8s.core.v1.Service, ({ metadata }, context) =>
    checkNamespace(metadata?.namespace, context),
);

function checkNamespace(
    namespace: string | undefined,
    { report, resource }: ResourceCheck<Settings>,
): void {
    const isGiven = "namespace" in ((resource.props.metadata as object | undefined) ?? {});
    if (namespace === "default" || !isGiven) {
        report("the namespace is default");
    }
}
