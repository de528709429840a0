import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { HysdsNamespace } from "../platform/platform";
import { Labels } from "../../contract/labels";

/** Who may connect: pods of a namespace, pods of every namespace of the cluster, or any address that has a route. */
export type Peer =
    | {
          readonly namespace: pulumi.Input<string>;
          /** Only pods with these labels; all pods of the namespace when absent. */
          readonly pods?: Labels;
      }
    | "any-pod"
    | "any-address";

export interface AllowIngressArgs {
    readonly namespace: HysdsNamespace;
    /** Labels of the pods that listen. */
    readonly pods: Labels;
    /** TCP ports of the container (not of its Service). */
    readonly ports: readonly number[];
    /** At least one peer. */
    readonly from: readonly Peer[];
}

/**
 * A NetworkPolicy that admits exactly the peers on exactly the TCP ports, as an exception to the default denial of the
 * namespace. Namespaces are matched by `kubernetes.io/metadata.name`, which the API server sets and nobody can forge
 * (https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name).
 *
 * `any-address` is for pods behind a load balancer, whose source addresses the pod cannot tell apart; the load
 * balancer's own source ranges limit those.
 *
 * @throws Error when `from` is empty, because Kubernetes reads an empty list as everyone
 */
export function allowIngress(
    name: string,
    args: AllowIngressArgs,
    opts: pulumi.CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy {
    if (args.from.length === 0) {
        throw new Error(`NetworkPolicy ${name} admits nobody: name at least one peer.`);
    }
    const anyAddress = args.from.includes("any-address");
    return new k8s.networking.v1.NetworkPolicy(
        name,
        {
            metadata: { name, namespace: args.namespace.name, labels: args.pods },
            spec: {
                podSelector: { matchLabels: args.pods },
                policyTypes: ["Ingress"],
                ingress: [
                    {
                        ports: args.ports.map((port) => ({ protocol: "TCP", port })),
                        ...(anyAddress ? {} : { from: args.from.map(toPeer) }),
                    },
                ],
            },
        },
        opts,
    );
}

function toPeer(peer: Peer): k8s.types.input.networking.v1.NetworkPolicyPeer {
    if (typeof peer === "string") {
        return { namespaceSelector: {} };
    }
    return {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": peer.namespace } },
        ...(peer.pods ? { podSelector: { matchLabels: peer.pods } } : {}),
    };
}
