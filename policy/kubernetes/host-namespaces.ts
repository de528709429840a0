import { cisEks } from "../references";
import { checksPods } from "../resources/pods";
import { rule } from "../rule";

export const hostNamespaces = checksPods(
    rule({
        name: "no-host-namespaces",
        description:
            "Pods share neither the network, the processes nor the memory of their node: NetworkPolicies do not hold there, and the node's credentials are near.",
        reference: cisEks("4.2.2 to 4.2.4"),
        fix: "remove hostNetwork, hostPID and hostIPC.",
        severity: "critical",
    }),
    ({ spec }, { report, part }) => {
        for (const key of ["hostNetwork", "hostPID", "hostIPC"] as const) {
            part(() => {
                if (spec[key] === true) {
                    report(`${key} is true`);
                }
            });
        }
    },
);
