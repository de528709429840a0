import * as k8s from "@pulumi/kubernetes";
import { cisEks } from "../references";
import { StackResource, rule } from "../rule";

interface NamespaceProps {
    readonly metadata?: { readonly name?: string };
}

interface NetworkPolicyProps {
    readonly metadata?: { readonly namespace?: string };
    readonly spec?: {
        readonly podSelector?: object;
        readonly policyTypes?: readonly string[];
        readonly ingress?: readonly object[];
    };
}

export const defaultDeny = rule({
    name: "default-deny-ingress",
    description:
        "Each namespace denies connections that no NetworkPolicy admits: the signing proxies sign whatever reaches them.",
    reference: cisEks("4.3.2"),
    fix: "make the namespace by the platform, or add a NetworkPolicy with an empty podSelector, policyTypes [Ingress] and no ingress.",
    severity: "high",
}).checksStack((resources, { report, part }) => {
    const denying = resources.filter((resource) =>
        resource.isType(k8s.networking.v1.NetworkPolicy),
    );
    for (const { isType, props, name, urn } of resources) {
        part(() => {
            if (!isType(k8s.core.v1.Namespace)) {
                return;
            }
            const namespace = (props as NamespaceProps).metadata?.name;
            if (!denying.some((policy) => deniesAll(policy, namespace))) {
                report(
                    `namespace ${namespace ?? name} has no NetworkPolicy that denies ingress`,
                    urn,
                );
            }
        });
    }
});

function deniesAll({ props }: StackResource, namespace: string | undefined): boolean {
    const { metadata, spec } = props as NetworkPolicyProps;
    return (
        metadata?.namespace === namespace &&
        Object.keys(spec?.podSelector ?? {}).length === 0 &&
        (spec?.policyTypes ?? ["Ingress"]).includes("Ingress") &&
        (spec?.ingress ?? []).length === 0
    );
}
