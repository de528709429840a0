import { fsbp } from "../references";
import { checksClusters } from "../resources/eks-cluster";
import { rule } from "../rule";
import { flag } from "../setting";

export const clusterEndpoint = checksClusters(
    rule({
        name: "cluster-endpoint-private",
        description:
            "The cluster's API is reached from its VPC alone: who has a stolen kubeconfig still needs a way into the network.",
        reference: fsbp("EKS.1"),
        fix: "pulumi config set hysds:endpointPublicAccess false.",
        severity: "high",
        settings: {
            allowPublicAccess: flag("Accept a public endpoint beside the private.", false),
        },
        values: { dev: { allowPublicAccess: true } },
    }),
    (cluster, { report, settings }) => {
        // EKS opens the public endpoint unless told otherwise.
        if (!settings.allowPublicAccess && cluster.endpointPublicAccess() !== false) {
            report("endpointPublicAccess is not false");
        }
    },
);
