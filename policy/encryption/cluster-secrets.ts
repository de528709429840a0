import { fsbp } from "../references";
import { checksClusters } from "../resources/eks-cluster";
import { rule } from "../rule";

export const clusterSecrets = checksClusters(
    rule({
        name: "cluster-secrets-encrypted",
        description:
            "EKS encrypts Kubernetes Secrets with a KMS key of the account, so that reading etcd is not reading the stores' passwords.",
        reference: fsbp("EKS.3"),
        fix: "give the cluster an encryption key for secrets (encryptionConfigKeyArn; it cannot be taken away again).",
        severity: "high",
    }),
    (cluster, { report }) => {
        if (!cluster.encryptsSecrets()) {
            report("the cluster has no key that encrypts Kubernetes Secrets");
        }
    },
);
