import { podSecurity } from "../references";
import { checksContainers } from "../resources/pods";
import { rule } from "../rule";

export const seccomp = checksContainers(
    rule({
        name: "seccomp-profile",
        description:
            "Containers run under a seccomp profile, without which the kernel's rarest system calls are open to them.",
        reference: podSecurity("restricted", "Seccomp"),
        fix: "set the pod's securityContext.seccompProfile.type to RuntimeDefault.",
        severity: "medium",
    }),
    ({ name, securityContext }, { report }, { spec }) => {
        const type =
            securityContext?.seccompProfile?.type ?? spec.securityContext?.seccompProfile?.type;
        if (type !== "RuntimeDefault" && type !== "Localhost") {
            report(`container ${name} has the seccomp profile ${type ?? "of the node"}`);
        }
    },
);
