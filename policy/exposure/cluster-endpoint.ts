import { fsbp } from "../references";
import { checksClusters } from "../resources/eks-cluster";
import { rule } from "../rule";
import { flag } from "../setting";

export const clusterEndpoint = checksClusters(
    rule({
        name: "cluster-endpoint-private",
        description:
            "The cluster's API is reached from its VPC alone, or for the first update from named networks too: who has a stolen kubeconfig still needs a way into the network.",
        reference: fsbp("EKS.1"),
        fix: "pulumi config set hysds:endpointClosesAfterFirstUp true.",
        severity: "high",
        settings: {
            allowPublicAccess: flag("Accept a public endpoint beside the private.", false),
        },
        values: { dev: { allowPublicAccess: true } },
    }),
    (cluster, { report, settings }) => {
        // EKS opens the public endpoint unless told otherwise.
        const isOpen = cluster.endpointPublicAccess() !== false;
        const closesSoon = (): boolean => cluster.tags()?.EndpointAccess === "open-for-first-up";
        if (!settings.allowPublicAccess && isOpen && !closesSoon()) {
            report("endpointPublicAccess is not false");
        }
    },
);
