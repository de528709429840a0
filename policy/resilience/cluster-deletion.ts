import { document } from "../references";
import { checksClusters } from "../resources/eks-cluster";
import { rule } from "../rule";

export const clusterDeletion = checksClusters(
    rule({
        name: "cluster-deletion-protected",
        description:
            "EKS itself refuses to delete the cluster, whoever asks for it: jobs of days run on it.",
        reference: document(
            "EKS deletion protection",
            "https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html",
        ),
        fix: "pulumi config set hysds:protect true.",
        severity: "medium",
        enforcement: { dev: "disabled" },
    }),
    (cluster, { report }) => {
        if (cluster.deletionProtection() !== true) {
            report("deletionProtection is not true");
        }
    },
);
