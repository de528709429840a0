import { fsbp } from "../references";
import { checksClusters } from "../resources/eks-cluster";
import { rule } from "../rule";
import { texts } from "../setting";

export const clusterLogs = checksClusters(
    rule({
        name: "cluster-logs",
        description:
            "The cluster writes its audit logs: without them nobody can tell afterwards who did what to it.",
        reference: fsbp("EKS.8"),
        fix: "enable the log types api, audit and authenticator.",
        severity: "medium",
        settings: {
            logTypes: texts("Log types that must be on.", ["api", "audit", "authenticator"]),
        },
    }),
    (cluster, { report, settings }) => {
        const enabled = cluster.logTypes() ?? [];
        const missing = settings.logTypes.filter((type) => !enabled.includes(type));
        if (missing.length > 0) {
            report(`enabledClusterLogTypes lacks ${missing.join(", ")}`);
        }
    },
);
