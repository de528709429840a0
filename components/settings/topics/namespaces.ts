import { z } from "zod";
import { own, Own } from "../fields";
import { key, topicKeys } from "../key";
import { dnsLabel } from "../limits/kubernetes-names";
import { takenBy } from "../limits/namespaces";
import { Finding, remove, repeated, Rule, rule, set } from "../rule";
import type { Values } from "../schema";
import { ANY_IN_CLUSTER } from "./stores";

/** Keys about HySDS's namespaces. */
export const keys = topicKeys("HySDS", {
    namespace: key(z.string().regex(dnsLabel), {
        default: "hysds",
        description: "Kubernetes namespace of the services.",
        allowed: "an RFC 1123 label",
    }),
    jobsNamespace: key(z.string().regex(dnsLabel), {
        default: "hysds-jobs",
        description: "Kubernetes namespace of the job workers, whose pods are privileged.",
        allowed: "an RFC 1123 label",
    }),
    storesNamespace: key(z.string().regex(dnsLabel), {
        default: "hysds-stores",
        description: "Kubernetes namespace of the in-cluster stores.",
        allowed: "an RFC 1123 label",
        requires: [...ANY_IN_CLUSTER, { objectStore: "in-cluster" }],
    }),
});

/** The keys of HySDS's namespaces. */
export const names = ["namespace", "jobsNamespace", "storesNamespace"] as const;

/** What is wrong with a namespace of the stack's own that is somebody else's. */
export function notFree(at: string, namespace: string): readonly Finding[] {
    const reason = takenBy(namespace);
    return reason === undefined
        ? []
        : [{ at, reason, allowed: "a namespace of its own", fixes: [remove(at)] }];
}

/** Rules about HySDS's namespaces. */
export const rules: readonly Rule[] = [
    rule("namespaces-differ", names, (values) =>
        repeated(names.map((key) => values[key])).flatMap((index) => {
            const key = names[index] ?? "namespace";
            const reason =
                "another namespace of HySDS has this name, and their security levels differ";
            return [{ at: key, reason, fixes: [set(key, `${values[key].slice(0, 50)}-${index}`)] }];
        }),
    ),
    rule("namespaces-are-free", names, (values) =>
        names.flatMap((key) => notFree(key, values[key])),
    ),
];

/** Names of the namespaces of services, job workers and in-cluster stores. */
export type NamespaceSettings = Own<typeof keys>;

/** The namespaces as their keys have them. */
export function namespaceSettings(values: Values): NamespaceSettings {
    return own(values, keys);
}
