import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { DEFAULT_CLUSTER_DOMAIN } from "../../kubernetes/cluster-dns";
import { given, key, optional, topicKeys } from "../key";
import { dnsSubdomain, domainName } from "../limits/kubernetes-names";
import { Rule, rule } from "../rule";
import type { Values } from "../schema";
import { ON_EXISTING } from "./general";

/** Keys about a cluster that is already there. */
export const keys = topicKeys("Existing cluster", {
    kubeconfig: key(z.string(), {
        default: "",
        description:
            "Path of a kubeconfig, or its content as a secret. Empty: KUBECONFIG, else ~/.kube/config.",
        allowed: "empty, a path, or the content of a kubeconfig set with --secret",
        requires: ON_EXISTING,
        secret: true,
    }),
    kubernetesContext: key(z.string(), {
        default: "",
        description: "Context of the kubeconfig. Empty: its current one.",
        allowed: "the name of a context",
        requires: ON_EXISTING,
    }),
    storageClass: key(optional(dnsSubdomain), {
        default: "",
        description: "StorageClass of volumes. Empty: the cluster's default.",
        allowed: "empty, or the name of a StorageClass",
        requires: ON_EXISTING,
    }),
    clusterDomain: key(z.string().regex(domainName), {
        default: DEFAULT_CLUSTER_DOMAIN,
        description: "Domain of the cluster's Services, where it was made with another than usual.",
        allowed: "a domain name of at least two labels",
        requires: ON_EXISTING,
    }),
});

/** Rules about a cluster that is already there. */
export const rules: readonly Rule[] = [
    rule("kubeconfig-content-is-secret", ["kubeconfig"], ({ kubeconfig }, { secretKeys }) =>
        !kubeconfig.includes("\n") || secretKeys.includes("hysds:kubeconfig")
            ? []
            : [
                  {
                      at: "kubeconfig",
                      reason: "the content of a kubeconfig holds credentials and must be a secret",
                      allowed: "a path, or content that is set with --secret",
                      fixes: [{ set: "kubeconfig", value: "kubeconfig.yaml", secret: true }],
                  },
              ],
    ),
];

/** A stack on a cluster that is already there. */
export interface ExistingPlatformSettings {
    readonly kind: "existing";
    /** Path or content of a kubeconfig; the ambient one (KUBECONFIG, ~/.kube/config) when absent. */
    readonly kubeconfig?: pulumi.Output<string>;
    /** Context in it; its current context when absent. */
    readonly context?: string;
    /** StorageClass of volumes; the cluster's default when absent. */
    readonly storageClass?: string;
    /** The domain of the cluster's Services. */
    readonly clusterDomain: string;
}

/** The cluster that is there, as its keys have it. */
export function existingPlatform(values: Values): ExistingPlatformSettings {
    return {
        kind: "existing",
        kubeconfig: values.kubeconfig === "" ? undefined : pulumi.secret(values.kubeconfig),
        context: given(values.kubernetesContext),
        storageClass: given(values.storageClass),
        clusterDomain: values.clusterDomain,
    };
}
