import { cisEks } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";

export const privilegeEscalation = checksContainers(
    rule({
        name: "no-privilege-escalation",
        description: "No process gains rights that its parent has not, by setuid programs say.",
        reference: cisEks("4.2.5"),
        fix: "set securityContext.allowPrivilegeEscalation to false.",
        severity: "high",
    }),
    ({ name, securityContext }, { report }) => {
        // Kubernetes takes privileged containers for escalating ones; those have a rule of their own.
        const isPrivileged = securityContext?.privileged === true;
        if (!isPrivileged && securityContext?.allowPrivilegeEscalation !== false) {
            report(`allowPrivilegeEscalation of container ${name} is not false`);
        }
    },
);
