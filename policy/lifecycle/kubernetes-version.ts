import { fsbp } from "../references";
import { checksClusters } from "../resources/eks-cluster";
import { supportOf } from "../resources/support";
import { rule } from "../rule";
import { supportSettings } from "./settings";

export const kubernetesVersion = checksClusters(
    rule({
        name: "kubernetes-version-supported",
        description:
            "The cluster runs a Kubernetes version in EKS's standard support: later the control plane costs six times as much, and in the end EKS upgrades it by itself.",
        reference: fsbp("EKS.2"),
        fix: "raise hysds:kubernetesVersion, one minor version at a time.",
        severity: "high",
        settings: supportSettings,
    }),
    (cluster, { report, settings: { allowExtendedSupport, asOf } }) => {
        const version = cluster.version();
        if (version === undefined) {
            report("no version is set, so EKS chooses one");
            return;
        }
        const { problem } = supportOf("kubernetes", version, allowExtendedSupport, asOf);
        if (problem) {
            report(problem);
        }
    },
);
