import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace, PodSecurityLevel } from "./platform";

/** The namespaces of a stack, each made once, however many components ask for it. */
export class Namespaces {
    private readonly made = new Map<
        string,
        { level: PodSecurityLevel; namespace: HysdsNamespace }
    >();

    /**
     * @param opts the parent of the namespaces and the provider of their cluster
     * @param protect whether a namespace, and so the volumes claimed in it, may not be deleted
     */
    constructor(
        private readonly opts: { parent: pulumi.Resource; provider: k8s.Provider },
        private readonly protect: boolean,
    ) {}

    /**
     * A namespace that enforces a Pod Security Standards level and denies all ingress by default.
     *
     * Delete with it what is in it (`deletedWith`), but never delete it with its cluster: its deletion is what
     * releases load balancers and the EBS volumes of StatefulSets, which the cluster's own deletion would orphan.
     *
     * @throws Error when the same name was asked for at another level
     */
    get(name: string, level: PodSecurityLevel): HysdsNamespace {
        const known = this.made.get(name);
        if (known && known.level !== level) {
            throw new Error(`Namespace ${name} cannot be both ${known.level} and ${level}.`);
        }
        const namespace = known?.namespace ?? this.create(name, level);
        this.made.set(name, { level, namespace });
        return namespace;
    }

    private create(name: string, level: PodSecurityLevel): HysdsNamespace {
        const resource = new k8s.core.v1.Namespace(
            name,
            {
                metadata: {
                    name,
                    labels: {
                        "app.kubernetes.io/part-of": "hysds",
                        "app.kubernetes.io/managed-by": "pulumi",
                        "pod-security.kubernetes.io/enforce": level,
                        "pod-security.kubernetes.io/audit": level,
                        "pod-security.kubernetes.io/warn": level,
                    },
                },
            },
            // Its deletion ends when the last pod, load balancer and volume is gone.
            { ...this.opts, protect: this.protect, customTimeouts: { delete: "30m" } },
        );
        new k8s.networking.v1.NetworkPolicy(
            `${name}-default-deny`,
            {
                metadata: { name: "default-deny-ingress", namespace: resource.metadata.name },
                spec: { podSelector: {}, policyTypes: ["Ingress"] },
            },
            { ...this.opts, deletedWith: resource },
        );
        return { name: resource.metadata.name, plainName: name, resource };
    }
}
