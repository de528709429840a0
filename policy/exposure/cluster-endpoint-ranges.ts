import { cisEks } from "../references";
import { isInternet } from "../resources/cidr";
import { checksClusters } from "../resources/eks-cluster";
import { rule } from "../rule";

export const clusterEndpointRanges = checksClusters(
    rule({
        name: "cluster-endpoint-restricted",
        description:
            "A public endpoint of the cluster's API admits named networks: EKS opens it to the whole Internet when none is named.",
        reference: cisEks("5.4.1"),
        fix: "name your networks in hysds:publicAccessCidrs, none as wide as the Internet.",
        severity: "critical",
    }),
    (cluster, { report, each }) => {
        if (cluster.endpointPublicAccess() === false) {
            return;
        }
        const ranges = cluster.publicAccessCidrs();
        if (ranges === undefined || ranges.length === 0) {
            report("the public endpoint has no publicAccessCidrs, which admits everyone");
        }
        each(ranges, (range) => {
            if (isInternet(range)) {
                report(`publicAccessCidrs has ${range}`);
            }
        });
    },
);
